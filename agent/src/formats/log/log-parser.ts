import type { RawEvent } from '../../source.ts';
import { kernelLogParser } from '../kernel/parser.ts';
import { messageReader, programName } from '../messages/reader.ts';
import { withoutEcho } from '../messages/without-echo.ts';
import type { ReadContext } from '../reader.ts';
import { clock } from './clock/clock.ts';
import { continuations } from './line/continuation.ts';
import type { Entry } from './line/entry.ts';
import { type Dialect, parseLine } from './line/parse-line.ts';

const source = 'log';
const kern = 0;
const none: RawEvent[] = [];
/** Lines of other programs after which a kernel line has waited long enough for its rest. */
const patienceLines = 16;

export interface LogParser {
  /** Takes a line without its end; returns the events that are complete now. */
  push(line: string): RawEvent[];
  /** Releases what waits for a further line. */
  flush(): RawEvent[];
}

/** Reads a text log of any shape, line by line; see parse-line.ts for the shapes. */
export function logParser({
  now,
  timeZone,
  isOwnHost = () => true,
}: Pick<ReadContext, 'timeZone' | 'isOwnHost'> & { now: Date | (() => Date) }): LogParser {
  const kernel = kernelLogParser(source);
  const messages = messageReader();
  const isNews = withoutEcho();
  const { instant } = clock(now, timeZone);
  const dialect: Dialect = { monotonicHost: null };
  const further = continuations();
  let linesWithoutKernel = 0;

  /** The time is worked out only for lines that turn out to matter. */
  const timed = (entry: Entry) => {
    const { stamp } = entry;
    let at: string | null | undefined;
    return {
      get at(): string | null {
        at ??= stamp?.time ? instant(stamp.time) : null;
        return at;
      },
      bootUs: stamp?.bootUs ?? null,
    };
  };

  return {
    push(line) {
      const entry = further.of(line, parseLine(line, dialect));
      if (!entry) return none;
      const { host, kernel: writer } = entry;
      if (host !== null && !isOwnHost(host)) return none;
      const inRing = writer === 'yes' ? ringMessage(entry.text) : null;
      const tag = inRing?.tag ?? entry.tag;
      const program = writer === 'yes' && !inRing ? null : programName(tag);
      const text = (inRing?.text ?? entry.text).trimStart();
      linesWithoutKernel = writer === 'no' ? linesWithoutKernel + 1 : 0;
      const matters = (writer !== 'yes' || inRing !== null) && messages.matters(program, text);
      const isDue = linesWithoutKernel === patienceLines;
      if (writer === 'no' && !matters) return isDue ? kernel.flush() : none;
      const time = timed(entry);
      const events: RawEvent[] = isDue ? kernel.flush() : [];
      if (writer !== 'no')
        events.push(
          ...kernel.push({
            text: entry.kernelText,
            get at() {
              return time.at;
            },
            bootUs: time.bootUs,
            caller: entry.stamp?.caller,
            facility: writer === 'yes' ? kern : null,
            host,
            bare: entry.bare,
          }),
        );
      if (matters)
        events.push(
          ...messages.push({
            source,
            program,
            tag,
            pid: inRing ? inRing.pid : entry.pid,
            host,
            text,
            get at() {
              return time.at;
            },
            bootUs: time.bootUs,
          }),
        );
      return events.length === 0 ? events : events.filter(isNews);
    },
    flush: () => [...kernel.flush(), ...messages.flush()].filter(isNews),
  };
}

/** The first process writes into the kernel's ring until syslog runs; Upstart always does. */
const ringWriter = /^(init|systemd(?:-shutdown)?)(?:\[(\d{1,10})\])?: (.*)$/s;

function ringMessage(text: string): { tag: string; pid: number | null; text: string } | null {
  const match = ringWriter.exec(text);
  if (!match) return null;
  return { tag: match[1] ?? '', pid: match[2] ? Number(match[2]) : null, text: match[3] ?? '' };
}
