import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

/** `container kill 1a2b… (image=nginx, name=web, signal=9)`, after the time. */
const line =
  /^(?:UTC )?container (?<what>die|died|kill|oom|stop) (?<id>[0-9a-f]{12,64}) \((?<attributes>.*)\)$/s;
const actions: Readonly<Record<string, string>> = {
  ...{ die: 'died', died: 'died', kill: 'killed', oom: 'oom', stop: 'stopped' },
};

/** What `docker events` and `podman events` print. */
export function engineEvent(message: Message): RawEvent | null {
  const said = message.at === null ? undefined : line.exec(message.text)?.groups;
  const action = actions[said?.['what'] ?? ''];
  if (!said || action === undefined) return null;
  return {
    kind: 'workload',
    ...base(message),
    manager: said['what'] === 'died' ? 'podman' : 'docker',
    action,
    workload: said['id'] ?? null,
    reason: message.text,
  };
}
