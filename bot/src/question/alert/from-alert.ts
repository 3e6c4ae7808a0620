import { looksLikeHost } from '../host-shape.ts';
import type { Question } from '../question.ts';
import { questionWords } from '../vocabulary.ts';
import { type ForeignMessage, linesOf } from './message-lines.ts';

/** Whom somebody else's alert is about, as far as it says so. */
export type AlertFacts = Pick<Question, 'process' | 'pid' | 'host'>;
type Found = { process?: string; pid?: string; host?: string };

const name = `["'“‘[]?(?<process>[A-Za-z0-9_/][\\w.@:+/-]*)["'”’\\]]?`;
const at = `["'“‘[]?(?<host>[A-Za-z0-9_][\\w.-]*)["'”’\\]]?`;
const gone =
  '(?:not running|down|dead|died|crashed|stopped|exited|killed|missing|failed|terminated|gone|unhealthy|critical|has |was |OOMKilled|CrashLoopBackOff|does not exist)';

/** Sentences whose makers never change them; most exact first. */
const sentences: readonly RegExp[] = [
  // The kernel's.
  /Killed process (?<pid>\d+),?(?: UID \d+)?,? \((?<process>[^)]+)\)/i,
  /oom_reaper: reaped process (?<pid>\d+) \((?<process>[^)]+)\)/i,
  /task=(?<process>[^,\s]+),pid=(?<pid>\d+)/,
  /(?:^|\s)(?:traps: )?(?<process>[\w./+-]+)\[(?<pid>\d+)\]:? (?:segfault|general protection|trap |invalid opcode)/i,
  // systemd's.
  /(?<process>[\w@.:\\-]+\.(?:service|scope))(?:\[\d+\])?: (?:Main process exited|Failed with result|A process of this unit|Killing process|Deactivated|Unit entered failed)/i,
  /Unit (?<process>[\w@.:\\-]+\.(?:service|scope)) (?:entered failed|has failed|failed)/i,
  /(?:Failed to start|Stopped|Service) (?<process>[\w@.:\\-]+\.service)/i,
  // Our own, supervisord's, pm2's, Nagios'.
  /(?<process>[^\s(]+) \(pid (?<pid>\d+)\) on (?<host>[\w.-]+)/,
  /exited: (?<process>[\w.:-]+) \((?:terminated by|exit status)/,
  /App \[(?<process>[\w.-]+?)(?::\d+)?\](?: with id \[\d+\])? .*exited/i,
  /Service Alert: (?<host>[\w.-]+)\/(?<process>[\w.@-]+)/i,
  /Host Alert: (?<host>[\w.-]+) is/i,
  /(?:command name|args|process(?:es)? (?:named|called)) ['"](?<process>[^'"]+)['"]/i,
  /container (?<process>[\w.-]+)(?: \(\w+\))? (?:of|in) pod/i,
  // What people and monitors write.
  new RegExp(`\\bprocess(?:es)? ${name} (?:process )?(?:is |are )?${gone}`, 'i'),
  new RegExp(`\\bservice ${name} (?:is |on .* is )?${gone}`, 'i'),
  new RegExp(`${name} (?:process|service|daemon)(?: is)? ${gone}`, 'i'),
  new RegExp(`\\bprocess ${name} (?:on|at) ${at}`, 'i'),
  new RegExp(`${name} on ${at} (?:is |was |has )*${gone}`, 'i'),
  new RegExp(`${name} (?:is |was |has )*${gone} on (?:host[: ]+|server |node )?${at}`, 'i'),
  new RegExp(`\\b(?:down|died|killed|crashed|OOM|OOMKilled)[:\\]] ${name} on ${at}`, 'i'),
  new RegExp(`\\bpod ${name}`, 'i'),
];

const processKeys = [
  'process(?:[_ ]?name)?|proc(?:name)?|comm|exe(?:cutable)?|program',
  'systemd_unit|unit|service(?:[_ ]?(?:name|description|desc))?|servicedesc|daemon',
  'container(?:_name)?|app(?:lication)?|command',
  'groupname|deployment|pod(?:_name)?|name|job',
];
const hostKeys = [
  'host(?:[_ ]?name)?|nodename|server(?:_name)?|machine|vm|fqdn',
  'instance(?:_name)?|node|target|address',
];
const pidKeys = ['pid|process[_ ]?id'];

/** What stands after a key: nothing of a state, a severity or a label. */
const noValue =
  /^(?:critical|warning|warn|info|error|ok|down|up|problem|recovery|unknown|firing|resolved|n\/a|none|null|true|false|page|node|node_exporter|node-exporter|process-exporter|prometheus|is|state|status|host|service|the|a)$/i;
const firing = /\[(?:FIRING|RESOLVED)[^\]]*\]\s*\S+.*?\((?<labels>[^)]*)\)/i;
/** syslog(3) and the journal: the host stands after the time. */
const logLine =
  /^(?:[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*) (?<host>[\w.-]+) [\w./()-]+(?:\[\d+\])?:/;
const prefixed = /^(?<host>[\w.-]*\d[\w.-]*): (?:\w+(?:\[\d+\])?: )?[\w@.-]+/;
/** `payments-7d9f8c6b5-x2x4z`: the pod of a deployment. */
const podName = /^(?<deployment>[a-z0-9][a-z0-9-]*?)-[a-f0-9]{6,10}-[a-z0-9]{5}$/;

/** Process, pid and host out of an alert of any program; null for what it does not say. Never throws. */
export function fromAlert(message: ForeignMessage): AlertFacts {
  const lines = linesOf(message);
  const bySentence = firstOf(lines, sentences);
  const labels = firstOf(lines, [firing])?.labels;
  const byLabels = labels === undefined ? null : fromLabels(labels);
  const process =
    clean(bySentence?.process) ?? keyed(lines, processKeys) ?? byLabels?.process ?? null;
  const host =
    keyed(lines, hostKeys) ??
    hostOnly(bySentence?.host) ??
    byLabels?.host ??
    hostOnly(firstOf(lines, [logLine, prefixed])?.host) ??
    hostOnly(
      firstOf(lines, [/\b(?:on|from) (?:host |server |node )?["'“]?(?<host>[\w.-]*\d[\w.-]*)\b/i])
        ?.host,
    ) ??
    null;
  const pid = Number(bySentence?.pid ?? keyed(lines, pidKeys) ?? 0);
  return {
    process: process === null || process === host ? null : withoutPod(process),
    pid: Number.isInteger(pid) && pid > 0 ? pid : null,
    host: host && withoutPort(host),
  };
}

function firstOf(
  lines: readonly string[],
  patterns: readonly RegExp[],
): (Found & { labels?: string }) | null {
  for (const pattern of patterns)
    for (const line of lines) {
      const groups = pattern.exec(line)?.groups;
      if (groups && (groups['process'] === undefined || clean(groups['process']))) return groups;
    }
  return null;
}

/** `key: value`, `key=value`, `key = "value"`, `{host:web-3,process:nginx}`. */
function keyed(lines: readonly string[], keys: readonly string[]): string | null {
  for (const key of keys) {
    const pair = new RegExp(
      `(?:^|[\\s{,([•|])(?:${key})["']?\\s*(?:=|:)\\s*["'“]?(?<value>[^\\s"'”,;|})\\]]+)`,
      'gi',
    );
    for (const line of lines)
      for (const { groups } of line.matchAll(pair)) {
        const value = clean(groups?.['value']);
        if (value && (hostKeys.includes(key) || !/^\d+$/.test(value) || pidKeys.includes(key)))
          return value;
      }
  }
  return null;
}

/** Alertmanager's default title: the values of the labels, without their names. */
function fromLabels(labels: string): { process: string | null; host: string | null } {
  const words = labels
    .split(/\s+/)
    .map((word) => clean(word.replace(/^\w+=["']?|["']$/g, '')))
    .filter((word) => word !== null);
  const host = words.find((word) => looksLikeHost(withoutPort(word))) ?? null;
  const process = words.find((word) => word !== host && !questionWords.has(word.toLowerCase()));
  return { process: process ?? null, host };
}

function clean(word: string | undefined): string | null {
  const bare = word?.replace(/^["'“‘[(]+|["'”’\]).,;:!]+$/g, '').trim() ?? '';
  return bare === '' || noValue.test(bare) ? null : bare;
}

/** "is not running on purpose": a host has a digit, a dot or a dash in it, or it is named by a key. */
const hostOnly = (word: string | undefined) =>
  word && /[\d.-]/.test(word) && !/^[\d:.-]+$/.test(word.replace(/^\d+\.\d+\.\d+\.\d+$/, 'address'))
    ? clean(word)
    : null;
const withoutPort = (host: string) => host.replace(/^https?:\/\//, '').replace(/:\d+.*$|\/.*$/, '');
const withoutPod = (process: string) => podName.exec(process)?.groups?.['deployment'] ?? process;
