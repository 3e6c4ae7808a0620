import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isRecording, removeOrphans, removeRecording } from './leftovers.ts';
import { pinFolder } from './pins.ts';
import { startRecorder } from './recorder.ts';
import { mapSizes } from './sizes.ts';

let stateDir: string;
let instance: string;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'coroner-leftovers-'));
  instance = `test-${process.pid}-${Math.floor(performance.now())}`;
});
afterEach(() => {
  removeRecording(instance);
  rmSync(stateDir, { recursive: true, force: true });
});

const start = () =>
  startRecorder({
    policy: {
      shortLivedMs: 10_000,
      shipAllEnds: false,
      scopePidNamespace: 0,
      noiseSignals: [],
      countQuestions: false,
      patienceMs: 0,
    },
    sizes: mapSizes(64 * 1024, 1),
    instance,
    stateDir,
  });

it('what is left recording goes when its state directory is gone, and not before', () => {
  start().close(true);
  expect(isRecording(instance)).toBe(true);
  expect(removeOrphans()).not.toContain(pinFolder(instance));
  rmSync(stateDir, { recursive: true });
  expect(removeOrphans()).toContain(pinFolder(instance));
  expect(existsSync(pinFolder(instance))).toBe(false);
  expect(isRecording(instance)).toBe(false);
});

it('what an agent has open is neither an orphan nor to be removed', () => {
  const recorder = start();
  rmSync(stateDir, { recursive: true });
  expect(removeOrphans()).not.toContain(pinFolder(instance));
  expect(() => removeRecording(instance)).toThrow(/stop it first/);
  recorder.close(true);
  const removed = removeRecording(instance);
  expect(removed).toContain(join(pinFolder(instance), 'owner'));
  expect(removed.some((path) => path.endsWith('/on_signal'))).toBe(true);
  expect(existsSync(pinFolder(instance))).toBe(false);
});
