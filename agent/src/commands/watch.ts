import type { Judgement } from '@coroner/schema/verdict/case';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { Command } from 'commander';
import picocolors from 'picocolors';
import { agentConfig } from '../config.ts';
import { matcher } from '../globs.ts';
import { thisHost } from '../host.ts';
import { identifier } from '../identity/identifier.ts';
import { finisher } from '../pipeline/finished.ts';
import { startSources } from '../start-sources.ts';
import { watchHeader } from '../watch/header.ts';
import { judging } from '../watch/judging.ts';
import { deathLine, heading, marksInWords } from '../watch/line.ts';
import { sourcesOf } from './sources.ts';

/** Between two looks at what can be seen. */
const refreshMs = 60_000;

interface WatchOptions {
  readonly process?: string;
  readonly json?: boolean;
}

/** `coroner-agent watch`: deaths as they happen, on a terminal, without NATS or hub. */
export function watchCommand(): Command {
  return new Command('watch')
    .description('print deaths as they happen: who, how, and by whom; needs no server')
    .option('--process <glob>', 'only processes of this name, short lives included')
    .option('--json', 'one JSON object a line')
    .action(watch);
}

async function watch({ process: glob, json }: WatchOptions): Promise<void> {
  const config = agentConfig();
  const host = thisHost(config.host);
  const matches = glob === undefined ? null : matcher([glob]);
  const watched = { ...config, watch: glob === undefined ? config.watch : [glob] };
  const { stdout, stderr } = process;
  const colors = picocolors.createColors(stdout.isTTY === true);
  const print = (line: string): void => void stdout.write(`${line}\n`);

  const show = (judgement: Judgement): void => {
    if (json) print(JSON.stringify(judgement.answer));
    else print(deathLine(judgement, stdout.isTTY ? stdout.columns : null, colors));
  };
  // What dies while the sources start stands below the header.
  let early: Judgement[] | null = [];
  let statuses = (): readonly SourceStatus[] => [];
  const judged = judging(
    host,
    () => statuses(),
    (judgement) => {
      if (matches && !matches(namesOf(judgement.answer.death))) return;
      if (early) early.push(judgement);
      else show(judgement);
    },
  );
  const finish = finisher(host, identifier());
  const started = await startSources(
    await sourcesOf(watched, host, null),
    (raw) => raw.kind !== 'source-state' && !raw.backfilled && judged.take(finish(raw)),
    () => undefined,
    () => undefined,
  );
  statuses = started.statuses;
  const ofErrors = picocolors.createColors(stderr.isTTY === true);
  for (const line of watchHeader(host.name, started.statuses(), ofErrors))
    stderr.write(`${line}\n`);
  if (!json) print(`${colors.bold(heading)}  ${colors.dim(`(${marksInWords})`)}`);
  for (const judgement of early) show(judgement);
  early = null;

  const refresh = setInterval(() => void started.refresh(), refreshMs);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    clearInterval(refresh);
    judged.stop();
    await started.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // The reader has gone, as after `| head`.
  stdout.on('error', stop);
}

function namesOf(death: { comm: string; exe: string | null; cmdline: string[] }): string[] {
  return [death.comm, death.exe, death.cmdline[0]].flatMap((name) =>
    name ? [name, name.slice(name.lastIndexOf('/') + 1)] : [],
  );
}
