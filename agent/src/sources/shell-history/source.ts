import { dirname } from 'node:path';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { watchFolders } from '../../following/folders.ts';
import type { Emit, RunningSource, Source } from '../../source.ts';
import { type Command, commandsIn } from './commands.ts';
import { historiesOf, homesOf } from './homes.ts';
import { openTold } from './told.ts';

export interface ShellHistoryOptions {
  /** People have not been asked: off unless the host's owner says so. */
  readonly isOn: boolean;
  /** What was told, over restarts; null = nothing is kept. */
  readonly toldPath: string | null;
  /** Of what stands there at the first start, so many days are told. */
  readonly backfillDays: number;
  /** Folder that stands for `/`. */
  readonly root?: string;
}

const settleMs = 1_000;
const rescanMs = 60_000;
const msPerDay = 86_400_000;

/**
 * What users typed, as their shells wrote it down, redacted. Evidence and no more: a shell writes
 * when it likes, without times unless HISTTIMEFORMAT is set, and its user can change the file.
 */
export function shellHistorySource(options: ShellHistoryOptions): Source {
  return {
    name: 'shell-history',
    status: () => statusOf(options),
    start: (emit) => start(options, emit),
  };
}

function statusOf({ isOn, root = '/' }: ShellHistoryOptions): SourceStatus {
  const source = 'shell-history';
  if (!isOn)
    return {
      source,
      state: 'off',
      why: 'what people type is read only where the owner of the host wants it',
      enable: 'CORONER_SHELL_HISTORY=on; HISTTIMEFORMAT in /etc/profile.d gives times',
    };
  const homes = homesOf(root).length;
  return { source, state: 'available', why: `the histories of ${homes} users are read, redacted` };
}

async function start(options: ShellHistoryOptions, emit: Emit): Promise<RunningSource> {
  if (!options.isOn) return { stop: async () => undefined };
  const { root = '/', toldPath, backfillDays } = options;
  const told = openTold(toldPath);
  const sinceMs = Date.now() - backfillDays * msPerDay;
  let settling: NodeJS.Timeout | null = null;
  let reading: Promise<void> = Promise.resolve();
  const soon = (): void => {
    settling ??= setTimeout(() => {
      settling = null;
      reading = reading.then(() => look(false));
    }, settleMs);
  };
  const folders = watchFolders(
    [...new Set(homesOf(root).flatMap((home) => historiesOf(home).map(dirname)))],
    (_, name) => {
      if (name === null || name.includes('history')) soon();
    },
  );
  await look(told.isFirst);
  const timer = setInterval(() => {
    folders.retry();
    soon();
  }, rescanMs);

  return {
    async stop() {
      clearInterval(timer);
      if (settling) clearTimeout(settling);
      folders.stop();
      await reading;
    },
  };

  async function look(isPast: boolean): Promise<void> {
    // Users come and go.
    for (const home of homesOf(root))
      for (const path of historiesOf(home)) {
        const commands = await commandsIn(path, home);
        if (commands === null) continue;
        const { known, commands: news } = told.news(path, commands);
        for (const command of news) tell(command, isPast, known);
      }
    try {
      told.save();
    } catch {
      // A full disk: after a restart more is told again, and what has a time has the same id.
    }
  }

  /** What stood in a file before it was seen first has no time of its own: nobody knows when it was. */
  function tell(command: Command, isPast: boolean, known: boolean): void {
    if (command.at === null && (isPast || !known)) return;
    if (isPast && Date.parse(command.at ?? '') < sinceMs) return;
    emit(isPast ? { ...command, backfilled: true } : command);
  }
}
