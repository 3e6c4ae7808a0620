import { spawn } from 'node:child_process';
import { expect, it, onTestFinished, vi } from 'vitest';
import { watchList } from '../../probe/event/watched.ts';
import { seenProcess } from '../../procfs/process.ts';
import type { RawEvent } from '../../source.ts';
import { procSource } from './source.ts';

const anHourMs = 3_600_000;

/** A process that runs, and ends when its standard input is closed. */
function aProcess() {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Starts watching; what runs now is seen at once. Gives the death of a pid, when it was reported. */
async function watching(watch: string[], shortLivedMs: number) {
  const events: RawEvent[] = [];
  const source = await procSource({
    host: 'web-3',
    bootId: 'boot-1',
    isWatched: watchList(watch),
    shortLivedMs,
    pollMs: 20,
  }).start((event) => events.push(event));
  onTestFinished(() => source.stop());
  return (pid: number | undefined) =>
    events.find((event) => event.kind === 'death' && event.victim.pid === pid);
}

it('reports the end of a watched process, with what it cannot know left open', async () => {
  const child = aProcess();
  const deathOf = await watching(['ca?'], anHourMs);
  expect(deathOf(child.pid)).toBeUndefined();
  child.stdin.end();
  await vi.waitFor(() => expect(deathOf(child.pid)).toBeDefined(), { timeout: 45_000 });
  expect(deathOf(child.pid)).toMatchObject({
    source: 'proc',
    victim: { comm: 'cat', cmdline: ['cat'], exe: expect.stringContaining('cat') },
    exit: { code: null, signal: null },
    signals: [],
  });
});

it('says nothing about short lives that nobody watches', async () => {
  const child = aProcess();
  const watched = await watching(['nobody'], anHourMs);
  const all = await watching([], 0);
  child.stdin.end();
  await vi.waitFor(() => expect(all(child.pid)).toBeDefined(), { timeout: 45_000 });
  expect(watched(child.pid)).toBeUndefined();
});

it('a cgroup on the watch list is one of every process in it', async () => {
  const child = aProcess();
  const cgroup = seenProcess(child.pid ?? 0)?.cgroup ?? '';
  const deathOf = await watching([`cgroup:${cgroup}`], anHourMs);
  const elsewhere = await watching([`cgroup:${cgroup}/below`], anHourMs);
  child.stdin.end();
  await vi.waitFor(() => expect(deathOf(child.pid)).toBeDefined(), { timeout: 45_000 });
  expect(elsewhere(child.pid)).toBeUndefined();
});
