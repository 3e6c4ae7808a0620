import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cgroupPath, endFacts, statFacts } from './process.ts';

const name = fc.string({ unit: 'binary', maxLength: 15 });
const number = fc.nat();

it('reads a line of /proc/PID/stat whatever the process calls itself', () => {
  fc.assert(
    fc.property(
      name,
      number,
      number,
      fc.nat(0xffff_ffff),
      number,
      (comm, ppid, pgid, flags, ticks) => {
        const rest = [
          'S',
          ppid,
          pgid,
          9,
          0,
          -1,
          flags,
          ...Array(12).fill(0),
          ticks,
          ...Array(32).fill(0),
        ];
        expect(statFacts(`42 (${comm}) ${rest.join(' ')}`)).toEqual({
          ...{ comm, ppid, pgid, sid: 9, startUs: ticks * 10_000 },
          isKernelThread: (flags & 0x200000) !== 0,
        });
      },
    ),
  );
});

it('takes torn and foreign lines', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const facts = statFacts(text);
      if (!text.includes('(')) expect(facts).toBeNull();
      expect(typeof endFacts(text).isExiting).toBe('boolean');
      const path = cgroupPath(text);
      if (path !== null) expect(text).toContain(path);
    }),
  );
});
