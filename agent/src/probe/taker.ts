import type { DeathEvent } from '@coroner/schema/event/death';
import type { Emit } from '../source.ts';
import { actorBook } from './event/actors.ts';
import type { Clock } from './event/clock.ts';
import { toDeathEvent } from './event/death.ts';
import { gapReasons, type Passed } from './event/gaps.ts';
import type { Accountant } from './event/losses.ts';
import { requestBook } from './event/requests.ts';
import { isUneventful, watchList } from './event/watched.ts';
import type { TakeRecord } from './maps/ring.ts';
import type { ProbeMaps } from './maps/tables.ts';
import type { ProbeOptions } from './options.ts';
import { type DeathLayout, decodeRecord } from './record/decode.ts';
import type { RequestRecord } from './record/record.ts';

interface Parts {
  maps: ProbeMaps;
  clock: Clock;
  accounts: Accountant;
  passed: Passed;
  form: DeathLayout;
}

/** Turns the records of a ring into events. */
export function recordTaker(
  options: ProbeOptions,
  emit: Emit,
  { maps, clock, accounts, passed, form }: Parts,
): TakeRecord {
  const book = actorBook(maps, clock);
  const isWatched = watchList(options.watch);
  const context = {
    host: options.host,
    bootId: options.bootId,
    clock,
    actors: book.find,
    commandLines: book.commandLine,
  };
  const requests = requestBook(clock, book.commandLine);
  const leavesOut = (death: DeathEvent) =>
    isUneventful(death, options.shortLivedMs) &&
    (options.watch.length > 0 ? !isWatched(death.victim) : requests.mayAsk(death.victim));

  function takeDeath(death: DeathEvent): void {
    const request = requests.ended(death);
    if (request) emit(request);
    if (leavesOut(death)) accounts.leftOut();
    else emit(death);
  }

  function takeRequest(record: RequestRecord): void {
    const request = requests.take(record);
    if (request) emit(request);
  }

  return (bytes: Buffer): void => {
    const record = decodeRecord(bytes, form);
    if (record?.kind === 'actor') book.take(record);
    else if (record?.kind === 'request') takeRequest(record);
    else if (record?.kind === 'death') takeDeath(toDeathEvent(record, context));
    else passed.note(gapReasons.undecodable);
  };
}
