import type { DeathEvent } from '@coroner/schema/event/death';
import type { Process } from '@coroner/schema/process';
import { mayRequest, requested } from '@coroner/schema/request/requested';
import type { RawEvent } from '../../source.ts';
import type { RequestRecord } from '../record/record.ts';
import { boundedCache } from './bounded-cache.ts';
import type { Clock } from './clock.ts';
import { dueAt } from './due.ts';
import { type CommandLines, toProcess } from './process.ts';

type Request = Extract<RawEvent, { kind: 'request' }>;

/** Whose end is awaited. */
const mostOpen = 1024;

/** Who asks others to end something: told when the command is run, and again when it has ended. */
export interface RequestBook {
  /** Null when the command line asks for nothing of the kind. */
  take(record: RequestRecord): Request | null;
  /** The request of a process that has ended, with how; null when it made none. */
  ended(death: DeathEvent): Request | null;
  /** The kernel ships the end of such a process, however short its life was. */
  mayAsk(process: Process): boolean;
}

export function requestBook(clock: Clock, commandLines: CommandLines): RequestBook {
  const open = boundedCache<Request>(mostOpen);
  return {
    take({ process, atUs }) {
      const asked = process.argv && requested(process.argv);
      if (!asked) return null;
      const { when, ...facts } = asked;
      const at = clock.instant(atUs);
      const due = when === undefined ? null : dueAt(when, new Date(at));
      const by = toProcess(process, clock, commandLines);
      const request: Request = {
        kind: 'request',
        source: 'probe',
        at,
        bootUs: atUs,
        by,
        ...facts,
        ...(due === null ? {} : { dueAt: due }),
      };
      open.set(keyOf(by), request);
      return request;
    },
    ended({ victim, bootUs, exit }) {
      const request = open.get(keyOf(victim));
      if (!request || typeof bootUs !== 'number') return null;
      return { ...request, endedUs: bootUs, exitCode: exit.code };
    },
    mayAsk: ({ comm, cmdline }) => mayRequest(comm, cmdline ?? []),
  };
}

const keyOf = ({ pid, startUs }: Process): string => `${pid} ${startUs}`;
