import type { RawEvent } from '../../source.ts';
import { localTime } from './local-time.ts';

const began = /^Log started: (.+)$/;
const ended = /^Log ended: (.+)$/;
/** needrestart's headings (perl/needrestart, NeedRestart::UI::stdio). */
const restarting = /^Restarting services\.\.\.$/;
const heading = /^\S.*(?:\.\.\.|:)$/;
const restart = /^ {1,4}(systemctl restart (?:[\w:.\\@+-]{1,128}[ ]?){1,512})$/;
/** unattended-upgrades.log. */
const unattended =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} INFO Packages that will be upgraded: (.{1,65536})$/;
const mostPackages = 500;
const mostCommands = 64;

/**
 * Which services needrestart restarted after a run of apt (/var/log/apt/term.log), and what
 * unattended-upgrades was about to upgrade.
 */
export function restartLog(timeZone: string | undefined) {
  let startedAt: string | null = null;
  let isRestarting = false;
  let commands: string[] = [];

  const told = (endedAt: string | null): RawEvent[] => {
    const runs = commands.map((command) =>
      run({ manager: 'needrestart', startedAt, endedAt, command, packages: [] }),
    );
    commands = [];
    isRestarting = false;
    return runs;
  };

  return {
    push(text: string): RawEvent[] {
      const start = began.exec(text)?.[1];
      if (start !== undefined) {
        const before = told(startedAt);
        startedAt = localTime(start, timeZone);
        return before;
      }
      const end = ended.exec(text)?.[1];
      if (end !== undefined) return told(localTime(end, timeZone));
      if (restarting.test(text)) isRestarting = startedAt !== null;
      else if (heading.test(text)) isRestarting = false;
      const command = isRestarting ? restart.exec(text)?.[1]?.trim() : undefined;
      if (command !== undefined && commands.length < mostCommands) commands.push(command);
      const [, at = '', names] = unattended.exec(text) ?? [];
      if (names === undefined) return [];
      const time = localTime(at, timeZone);
      const packages = names.trim().split(/\s+/).slice(0, mostPackages);
      const facts = { startedAt: time, endedAt: time, command: null, packages };
      return [run({ manager: 'unattended-upgrades', ...facts })];
    },
    flush: (): RawEvent[] => told(startedAt),
  };
}

type Run = Omit<Extract<RawEvent, { kind: 'package-run' }>, 'kind' | 'source' | 'at'>;

function run(facts: Run): RawEvent {
  return { kind: 'package-run', source: 'packages', at: facts.endedAt ?? null, ...facts };
}
