import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { anEvent, openSmallSpool, takeAll, temporaryFolder } from './testing/small-spool.ts';

const maxBytes = 64 * 1024;
const eventBytes = 200;

/** Appends `count` events to a spool in which there is room for some hundred. */
function overfilled(count: number, takeFirst = 0) {
  const folder = temporaryFolder();
  const spool = openSmallSpool(folder, { maxBytes });
  let inFlight: string[] = [];
  for (let index = 0; index < count; index += 1) {
    spool.append(anEvent(index, eventBytes));
    spool.flush();
    if (index + 1 === takeFirst)
      inFlight = takeAll(spool).flatMap(({ records }) => records.map(({ id }) => id));
  }
  const left = takeAll(spool).flatMap(({ records }) => records);
  return { folder, spool, left, inFlight };
}

const events = (records: { id: string }[]) => records.filter(({ id }) => id.startsWith('event-'));

it.each([300, 1000, 5000])('%i events: those left and those told as lost are all', (count) => {
  const { folder, spool, left } = overfilled(count);
  const lost = left.reduce((sum, record) => sum + record.lost, 0);
  expect(lost).toBeGreaterThan(0);
  expect(events(left).length + lost).toBe(count);
  expect(events(left).at(-1)?.id).toBe(`event-${count - 1}`);
  const size = readdirSync(folder)
    .filter((file) => file !== 'cursor')
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  expect(size).toBeLessThanOrEqual(maxBytes + 1024);
  spool.close();
});

it('says from when to when', () => {
  const { spool, left } = overfilled(1000);
  const gaps = left.filter(({ lost }) => lost > 0).map(({ json }) => JSON.parse(json.toString()));
  const firstLeft = Number(events(left)[0]?.id.slice('event-'.length));
  expect(Math.min(...gaps.map(({ sinceMs }) => sinceMs))).toBe(1000);
  expect(Math.max(...gaps.map(({ untilMs }) => untilMs))).toBe(1000 + firstLeft - 1);
  spool.close();
});

it('does not drop what is in flight', () => {
  const { spool, left, inFlight } = overfilled(2000, 40);
  expect(inFlight).toHaveLength(40);
  const lost = left.reduce((sum, record) => sum + record.lost, 0);
  expect(events(left).length + lost + inFlight.length).toBe(2000);
  spool.close();
});
