import { Event } from '@coroner/schema/event/event';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compilePrograms, type Programs } from './testing/programs.ts';
import { type Recording, record } from './testing/recording.ts';
import { runThrough } from './testing/running.ts';

const killsEach = 10_000;
let programs: Programs;
let recording: Recording;

beforeAll(async () => {
  programs = compilePrograms();
  recording = await record();
});
afterAll(async () => {
  await recording.stop();
  programs.remove();
});

it('every death of a storm is told with its sender, or exactly counted as lost', async () => {
  const storms = await Promise.all([
    runThrough(programs.sender, ['storm', String(killsEach)]),
    runThrough(programs.sender, ['storm', String(killsEach)]),
  ]);
  const senders = new Map(storms.map(({ pid, output }) => [pid, Number(output)]));
  const deathsBy = (sender: number) =>
    recording.events.filter(
      (event) => event.kind === 'death' && event.signals[0]?.current?.pid === sender,
    );
  const lost = () =>
    recording.events.reduce(
      (sum, event) => sum + (event.kind === 'gap' ? (event.lost ?? 0) : 0),
      0,
    );
  const told = () => [...senders.keys()].reduce((sum, sender) => sum + deathsBy(sender).length, 0);
  const sent = [...senders.values()].reduce((sum, count) => sum + count, 0);
  await recording.until(() => told() + lost() >= sent, `${sent} deaths`);
  expect(told() + lost()).toBe(sent);
  expect(lost()).toBe(0);
  const ids = recording.events.flatMap((event) => (event.kind === 'death' ? [event.id] : []));
  expect(new Set(ids).size).toBe(ids.length);
  const invalid = recording.events.filter(
    (event) => !Event.safeParse({ id: 'set-by-the-pipeline', ...event }).success,
  );
  expect(invalid).toEqual([]);
  for (const sender of senders.keys())
    expect(
      deathsBy(sender).every(
        (event) =>
          event.kind === 'death' &&
          event.exit.signal === 'SIGKILL' &&
          event.signals[0]?.current?.cmdline?.[1] === 'storm',
      ),
    ).toBe(true);
});
