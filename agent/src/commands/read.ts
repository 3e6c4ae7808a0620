import { Command, Option } from 'commander';
import { openFile } from '../formats/bytes.ts';
import { eventIds } from '../formats/event-id.ts';
import type { ReadContext, Reader } from '../formats/reader.ts';
import { readers } from '../formats/registry.ts';
import { redactEvent } from '../redact/event.ts';
import { type JsonLines, jsonLines } from './json-lines.ts';

const badUse = 2;

type ReadOptions = Pick<ReadContext, 'timeZone' | 'form'>;

/** `coroner-agent read FORMAT FILE`: the events of an evidence file, one JSON object a line. */
export function readCommand(): Command {
  return new Command('read')
    .description('print the events of an evidence file, one JSON object a line')
    .argument('<format>', `what the file is: ${Object.keys(readers).join(', ')}`)
    .argument('<file>', 'path of the file, gzipped or not; - is standard input')
    .option('--time-zone <zone>', 'zone of times without one (default: of this host)')
    .addOption(
      new Option(
        '--form <form>',
        'of a crontab: with a user before each command, or without',
      ).choices(['system', 'user', 'anacron']),
    )
    .action(async (format: string, file: string, options: ReadOptions) => {
      const reader = Object.hasOwn(readers, format) ? readers[format] : undefined;
      if (!reader) {
        fail(`${format}: unknown format; one of ${Object.keys(readers).join(', ')}`);
        return;
      }
      if (options.timeZone !== undefined && !isTimeZone(options.timeZone)) {
        fail(`${options.timeZone}: unknown time zone; give an IANA name such as Europe/Berlin`);
        return;
      }
      try {
        await read(reader, file, options, jsonLines(process.stdout));
      } catch (error) {
        fail((error as Error).message);
      }
    });
}

async function read(
  reader: Reader,
  file: string,
  options: ReadOptions,
  out: JsonLines,
): Promise<void> {
  const { bytes, changedAt } = await openFile(file);
  const now = changedAt ?? new Date();
  const idOf = eventIds();
  for await (const raw of reader(bytes, { file, now, ...options })) {
    const event = redactEvent(raw);
    await out.write({ ...event, id: idOf(event) });
    if (out.closed) return;
  }
  await out.end();
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function fail(message: string): void {
  process.stderr.write(`coroner-agent read: ${message}\n`);
  process.exitCode = badUse;
}
