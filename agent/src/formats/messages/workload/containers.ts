import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

type Form = readonly [action: string, RegExp];

/** Quotes are escaped in logfmt: `msg="Container \"x\" failed …"`. */
const quote = '\\\\?"?';
const docker: readonly Form[] = [
  // At the level debug: what clients asked for.
  ['killed', /Calling POST (?:\/v[\d.]+)?\/containers\/(?<id>[\w.-]+)\/kill\b/],
  ['stopped', /Calling POST (?:\/v[\d.]+)?\/containers\/(?<id>[\w.-]+)\/(?:stop|restart)\b/],
  [
    'killed',
    /Container (?<id>[\w.-]*) ?failed to (?:exit|stop) within \S+(?: seconds)? of (?:signal \d+|SIG\w+|kill)/,
  ],
  ['oom', /topic=\/tasks\/oom/],
];
const containerd: readonly Form[] = [
  ['oom', new RegExp(`TaskOOM (?:event )?.*?[cC]ontainer_?[iI][dD]:${quote}(?<id>[\\w.-]+)`)],
  ['stopped', new RegExp(`StopContainer for ${quote}(?<id>[\\w.-]+)${quote} with timeout \\d+`)],
  ['killed', new RegExp(`Kill container ${quote}(?<id>[\\w.-]+)`)],
  ['stopped', new RegExp(`Stop container ${quote}(?<id>[\\w.-]+)${quote} with signal `)],
];
const conmon: readonly Form[] = [['oom', /^conmon (?<id>[\w.-]+) <n\w+>: OOM event received/]];
const crio: readonly Form[] = [['stopped', /Stopping container: (?<id>[\w.-]+) \(timeout: \d+s\)/]];
/** The log driver's copy of podman's events: `… container died ID (image=…, name=web, exitCode=137)`. */
const podman: readonly Form[] = [
  ['died', /(?:^| )container died (?<id>[\w.-]+) \(/],
  ['killed', /(?:^| )container kill (?<id>[\w.-]+) \(/],
  ['stopped', /(?:^| )container stop (?<id>[\w.-]+) \(/],
];
/** kubelet, of all versions since 1.5; `Probe failed` alone kills nothing. */
const kubelet: readonly Form[] = [
  [
    'liveness-failed',
    /Container "(?<id>[^"]{1,253})".{0,400}: Container failed (?:liveness|startup) probe\.\. Container will be killed/,
  ],
  [
    'probe-failed',
    /^(?:\S+ \S+ +\d+ \S+\] )?(?:Liveness|Startup) probe for "(?<id>[^"]{1,400})" failed/,
  ],
  ['probe-failed', /"Probe failed" probeType="(?:Liveness|Startup)"/],
  ['oom', /Got sys oom event/],
  ['liveness-failed', /Container (?<id>\S+) failed (?:liveness|startup) probe, will be restarted/],
  ['evicted', /(?:pod is evicted successfully|is evicted successfully|Evicted pod)/],
  ['stopped', /Killing (?:unwanted )?(?:container|pod|Container)\b/],
];
const forms: Readonly<Record<string, readonly Form[]>> = {
  docker,
  dockerd: docker,
  'dockerd-current': docker,
  containerd,
  conmon,
  crio,
  podman,
  kubelet: [...kubelet, ...containerd],
  k3s: [...kubelet, ...containerd],
};
const named = /\b(?:containerID=|container=|pod=|containerName=)"?(?:\w+:\/\/)?(?<id>[^\s",]+)"?/;

/** `&{Pid:1000 ProcessName:java …}`, `{"pid":1000,"victim_process":"java"}`, `&{1000 java …}`. */
const oomVictim = /Got sys oom event.*?(?:[pP]id"?: ?|&\{)(\d{1,10})\b/s;

/** dockerd, containerd, kubelet: a container or pod was stopped, killed, evicted. */
export function containerLine(message: Message): RawEvent | null {
  const { program, text } = message;
  if (program === null) return null;
  for (const [action, form] of forms[program] ?? []) {
    const said = form.exec(text);
    if (!said) continue;
    const id = said.groups?.['id'] || named.exec(text)?.groups?.['id'];
    return {
      kind: 'workload',
      ...base(message),
      manager: program.startsWith('dockerd') ? 'docker' : program,
      action,
      workload: id ?? null,
      ...(action === 'oom' ? victimOf(text) : {}),
      reason: text,
    };
  }
  return null;
}

function victimOf(text: string): { pid?: number } {
  const pid = oomVictim.exec(text)?.[1];
  return pid === undefined ? {} : { pid: Number(pid) };
}
