import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

type Form = readonly [action: string, RegExp];

/** Quotes are escaped in logfmt: `msg="Container \"x\" failed …"`. */
const quote = '\\\\?"?';
const docker: readonly Form[] = [
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
];
const conmon: readonly Form[] = [['oom', /^conmon (?<id>[\w.-]+) <n\w+>: OOM event received/]];
const crio: readonly Form[] = [['stopped', /Stopping container: (?<id>[\w.-]+) \(timeout: \d+s\)/]];
const kubelet: readonly Form[] = [
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
  kubelet: [...kubelet, ...containerd],
  k3s: [...kubelet, ...containerd],
};
const named = /\b(?:containerID=|container=|pod=|containerName=)"?(?:\w+:\/\/)?(?<id>[^\s",]+)"?/;

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
      reason: text,
    };
  }
  return null;
}
