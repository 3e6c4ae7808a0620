import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pstoreEvents } from '../../backfill/read/pstore.ts';
import { readUtmp } from '../../formats/utmp/utmp.ts';
import type { RawEvent } from '../../source.ts';
import { wtmpdbEvents, wtmpdbPath } from '../../wtmpdb.ts';

/** The boot before this one, as the agent last saw it. */
export interface PreviousBoot {
  readonly bootId: string;
  /** ISO 8601. */
  readonly seenAt: string;
}

/** How it ended, and what says so; `events` are the kernel's last words. */
export interface PreviousEnd {
  readonly end: 'shutdown' | 'panic' | 'no-record' | 'not-known';
  readonly text: string;
  readonly events: readonly RawEvent[];
}

const pstores = ['/sys/fs/pstore', '/var/lib/systemd/pstore'];
const wtmpPath = '/var/log/wtmp';
/** A record may be a little older than the last sign of life: clocks of records are coarse. */
const slackMs = 60_000;
const journalPatienceMs = 10_000;
const journalLines = '200';
/** systemd at the end of a shutdown, and journald when it is told to end. */
const shutdownWords =
  /^(?:systemd\[1\]: )?(?:Shutting down\.|Reached target .*(?:Power[- ]Off|Reboot|Halt|Shutdown)|Journal stopped|System is (?:rebooting|powering down|halting))/im;

/** Looks for records of the end of the boot before: pstore, wtmp or wtmpdb, the journal. */
export async function previousEnd(
  previous: PreviousBoot,
  root: string,
  host: string,
): Promise<PreviousEnd> {
  const sinceMs = Date.parse(previous.seenAt) - slackMs;
  const dumped = pstores
    .flatMap((folder) => dumpsIn(join(root, folder)))
    .filter(({ at }) => at !== null && Date.parse(at) >= sinceMs);
  const panic = dumped.find((event) => event.kind === 'kernel-panic');
  if (panic?.kind === 'kernel-panic')
    return { end: 'panic', text: `the kernel left a dump: ${panic.message}`, events: dumped };
  const [wtmp, wtmpdb, journal] = await Promise.all([
    recordsSince(join(root, wtmpPath), sinceMs),
    rowsSince(join(root, wtmpdbPath), host, sinceMs),
    root === '/' ? lastWords(previous.bootId) : '',
  ]);
  for (const [name, records] of Object.entries({ wtmp, wtmpdb })) {
    const record = records.find(({ kind }) => kind === 'shutdown');
    if (record)
      return { end: 'shutdown', text: `${name} has a shutdown at ${record.at}`, events: [] };
  }
  if (shutdownWords.test(journal))
    return { end: 'shutdown', text: 'the journal of that boot ends with a shutdown', events: [] };
  const looked = [
    ...(hasBoot(wtmp) ? ['wtmp has this boot'] : []),
    ...(hasBoot(wtmpdb) ? ['wtmpdb has this boot'] : []),
    ...(journal === '' ? [] : ['the journal has that boot']),
  ];
  if (looked.length === 0)
    return { end: 'not-known', text: 'neither wtmp nor a journal tells how it ended', events: [] };
  return { end: 'no-record', text: `${looked.join(' and ')}, but no shutdown`, events: [] };
}

function dumpsIn(folder: string): RawEvent[] {
  try {
    return pstoreEvents(folder);
  } catch {
    // Not there, or not readable: it tells nothing.
    return [];
  }
}

const hasBoot = (records: readonly RawEvent[]): boolean =>
  records.some(({ kind }) => kind === 'boot');

const isSince = ({ kind, at }: RawEvent, sinceMs: number): boolean =>
  (kind === 'boot' || kind === 'shutdown') && at !== null && Date.parse(at) >= sinceMs;

/** The same of wtmpdb; none where there is no such database, or no sqlite3. */
async function rowsSince(path: string, host: string, sinceMs: number): Promise<RawEvent[]> {
  try {
    return (await wtmpdbEvents(path, host)).filter((event) => isSince(event, sinceMs));
  } catch {
    // The status of the logins says that it cannot be read.
    return [];
  }
}

/** Boots and shutdowns; none where there is no wtmp. */
async function recordsSince(path: string, sinceMs: number): Promise<RawEvent[]> {
  const records: RawEvent[] = [];
  try {
    for await (const event of readUtmp(createReadStream(path), { file: path, now: new Date() }))
      if (isSince(event, sinceMs)) records.push(event);
  } catch {
    // Not there, or nothing in it: it tells nothing.
  }
  return records;
}

/** The end of the journal of that boot; empty when it keeps none. */
async function lastWords(bootId: string): Promise<string> {
  const words = [`_BOOT_ID=${bootId.replaceAll('-', '')}`, '--lines', journalLines];
  const options = { timeout: journalPatienceMs };
  try {
    const { stdout } = await promisify(execFile)(
      'journalctl',
      [...words, '--output', 'cat', '--quiet', '--no-pager'],
      options,
    );
    return stdout.trim();
  } catch {
    // No journalctl, or no journal.
    return '';
  }
}
