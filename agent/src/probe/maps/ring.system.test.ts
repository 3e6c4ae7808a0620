import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { startRecorder } from '../kernel/recorder.ts';
import { mapSizes } from '../kernel/sizes.ts';
import { decodeRecord } from '../record/decode.ts';
import { openRing } from './ring.ts';

const policy = {
  shortLivedMs: 0,
  shipAllEnds: true,
  scopePidNamespace: 0,
  noiseSignals: [],
  countQuestions: false,
  patienceMs: 0,
};

it('a record that cannot be handled is told and passed over, for this agent and the next', () => {
  const recorder = startRecorder({
    policy,
    sizes: mapSizes(1024 * 1024, 1),
    instance: null,
    stateDir: null,
  });
  const pids = ['1', '2'].map(() => Number(execFileSync('sh', ['-c', 'echo $$'])));
  const taken: number[] = [];
  const refused: string[] = [];
  const ring = openRing(recorder.maps.ring, { refused: (error) => refused.push(error.message) });
  const all = Number.MAX_SAFE_INTEGER;
  ring.drain((bytes) => {
    const record = decodeRecord(bytes);
    const pid = record?.process.key.pid ?? 0;
    if (pid === pids[0]) throw new Error('no');
    taken.push(pid);
  }, all);
  ring.close();
  expect(refused).toEqual(['no']);
  expect(taken).toContain(pids[1]);
  const next = openRing(recorder.maps.ring);
  const again: number[] = [];
  next.drain((bytes) => again.push(decodeRecord(bytes)?.process.key.pid ?? 0), all);
  next.close();
  recorder.close(false);
  expect(again).not.toContain(pids[0]);
});
