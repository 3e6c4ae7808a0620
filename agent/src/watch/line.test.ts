import { judge } from '@coroner/schema/verdict/judge';
import { aCase, aDeath, aProcess, aSignal, killedBy } from '@coroner/schema/verdict/testing/case';
import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { deathLine, heading } from './line.ts';

const plain = picocolors.createColors(false);
const lineOf = (death: Parameters<typeof aCase>[0], columns: number | null = null) =>
  deathLine(judge(aCase(death)), columns, plain);

it('names victim, cause, signal, killer and user', () => {
  expect(lineOf(killedBy(aSignal()))).toMatch(
    /^\d\d:\d\d:\d\d nginx +4121 +signal-from-process +SIGKILL +alice.*: \[999\] pkill -9 -f python$/,
  );
});

it('stands in columns, whatever the names are', () => {
  const at = heading.indexOf('CAUSE');
  const victim = aProcess({ pid: 4_194_304, comm: '\u202e'.repeat(15) });
  for (const line of [lineOf(killedBy(aSignal())), lineOf({ ...killedBy(aSignal()), victim })])
    expect(line.indexOf('signal-from-process')).toBe(at);
});

it('says how sure a cause is, and names no killer of one that did it itself', () => {
  const logged = aDeath({ signals: [], oomMarked: true });
  expect(lineOf(logged)).toMatch(/oom-(host|cgroup)\?/);
  const own = killedBy(aSignal({ currentIsVictim: true, current: null }));
  expect(lineOf(own)).toMatch(/signal-to-self +SIGKILL$/);
});

it.each([
  ['red', killedBy(aSignal()), 31],
  ['yellow', killedBy(aSignal({ current: aProcess({ pid: 1, comm: 'systemd' }) })), 33],
  ['dim', aDeath({ signals: [], exit: { code: 0, signal: null, coreDumped: false } }), 2],
])('is %s', (_, death, code) => {
  const line = deathLine(judge(aCase(death)), null, picocolors.createColors(true));
  expect(line.startsWith(`\u001b[${code}m`)).toBe(true);
});

it('names nobody where nobody did it', () => {
  const line = lineOf(aDeath({ signals: [], exit: { code: 3, signal: null, coreDumped: false } }));
  expect(line).toMatch(/exit-error +exit 3$/);
});

it('lets nothing through that a terminal would obey', () => {
  const current = aProcess({ pid: 9, comm: 'x', cmdline: ['\u001b[2Jkill\n', '\u202e'] });
  const victim = aProcess({ pid: 5, comm: '\u001b]0;x\u0007' });
  const line = lineOf({ ...killedBy(aSignal({ current })), victim });
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(line).toContain('\\u{1b}[2Jkill\\n');
});

it('fits the width of the terminal, and a command line of 128 kB a line', () => {
  expect([...lineOf(killedBy(aSignal()), 40)]).toHaveLength(40);
  const current = aProcess({ pid: 9, comm: 'x', cmdline: ['x'.repeat(131_072)] });
  expect(lineOf(killedBy(aSignal({ current }))).length).toBeLessThan(400);
});
