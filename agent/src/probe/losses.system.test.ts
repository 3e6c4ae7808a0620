import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilePrograms, type Programs } from './testing/programs.ts';
import { type Recording, record } from './testing/recording.ts';
import { runThrough, startUp } from './testing/running.ts';

let programs: Programs;
const open: Recording[] = [];

beforeAll(() => {
  programs = compilePrograms();
});
afterAll(async () => {
  for (const recording of open) await recording.stop();
  programs.remove();
});

async function recording(options: Parameters<typeof record>[0] = {}): Promise<Recording> {
  const started = await record(options);
  open.push(started);
  return started;
}

const gapsOf = ({ events }: Recording) => events.filter((event) => event.kind === 'gap');

/** While this process does nothing else: what is recorded waits in the ring. */
const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('signals that had to make room for others', () => {
  async function reloaded(...signals: string[]) {
    const victim = await startUp(programs.victim, ['reload']);
    for (const signal of signals) await runThrough('/bin/kill', [`-${signal}`, `${victim.pid}`]);
    return victim;
  }
  const fourSenders = ['HUP', 'HUP', 'HUP', 'HUP'];

  it('count as lost as long as the end could be an answer to them', async () => {
    const patienceMs = 1_000;
    const [patient, impatient] = [await recording(), await recording({ patienceMs })];
    const { child, pid } = await reloaded(...fourSenders);
    await new Promise((resolve) => setTimeout(resolve, 2 * patienceMs));
    child.kill('SIGKILL');
    expect((await patient.deathOf(pid)).signalsLost).toBe(2);
    expect((await impatient.deathOf(pid)).signalsLost).toBe(0);
  });

  it('do not count when they ask nobody to stop', async () => {
    const own = await recording();
    const { child, pid } = await reloaded(...Array<string>(6).fill('USR1'));
    child.kill('SIGKILL');
    expect((await own.deathOf(pid)).signalsLost).toBe(0);
  });
});

it('a signal that nobody recorded is told as lost by the death that it caused', async () => {
  const { child, pid } = await startUp(programs.victim, ['wait']);
  await runThrough('/bin/kill', ['-STOP', `${pid}`]);
  await runThrough('/bin/kill', ['-TERM', `${pid}`]);
  const late = await recording();
  child.kill('SIGCONT');
  expect(await late.deathOf(pid)).toMatchObject({
    exit: { signal: 'SIGTERM' },
    signals: [],
    signalsLost: 1,
  });
});

it('more processes with signals than there is room for: a gap, and each death without says so', async () => {
  const count = 1_500;
  const own = await recording({ mapSizes: { pending: 600 } });
  const { pid: sender } = await runThrough(programs.sender, ['stopped-group', `${count}`]);
  const deaths = () =>
    own.events
      .filter((event) => event.kind === 'death')
      .filter(({ victim }) => victim.ancestry[0]?.pid === sender);
  await own.until(() => deaths().length === count, `${count} deaths`);
  const without = deaths().filter(({ signals }) => signals[0]?.current?.pid !== sender);
  expect(without.length).toBeGreaterThan(0);
  expect(without.every(({ signalsLost }) => signalsLost > 0)).toBe(true);
  const lost = () => gapsOf(own).reduce((sum, gap) => sum + (gap.lost ?? 0), 0);
  // A loss is told as it is found, so the last of it may come in a gap of its own.
  await own.until(() => lost() >= without.length, 'the gaps');
  expect(gapsOf(own)[0]?.reason).toMatch(/more processes had signals waiting/);
  expect(lost()).toBeLessThanOrEqual(count);
});

it('a gap begins with the first death that was lost, however long ago that was', async () => {
  const own = await recording({ ringBytes: 16 * 1024 });
  const burst = () =>
    execFileSync('taskset', ['-c', '0', programs.sender, 'storm', '40'], { stdio: 'ignore' });
  burst();
  const afterFirst = new Date().toISOString();
  pause(1_500);
  const beforeSecond = new Date().toISOString();
  burst();
  await own.until(() => gapsOf(own).length > 0, 'the gap');
  const [gap] = gapsOf(own);
  expect(String(gap?.since) < afterFirst).toBe(true);
  expect(String(gap?.until) > beforeSecond).toBe(true);
});

it('an exec that failed is known, although its process was forgotten before its death was read', async () => {
  const own = await recording();
  const pid = Number(
    execFileSync('sh', ['-c', "sh -c 'echo $$; ulimit -v 100; exec /bin/true' || true"], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  execFileSync('sh', ['-c', 'for i in $(seq 600); do /bin/true; done']);
  expect(await own.deathOf(pid)).toMatchObject({ exit: { signal: 'SIGSEGV' }, exec: 'failed' });
});
