import type { Event } from '../../event/event.ts';
import { typed } from '../words/command.ts';
import { memory } from '../words/memory.ts';
import { printable, shortened } from '../words/printable.ts';
import { memoryInWords } from './memory-in-words.ts';
import { occurrenceInWords } from './occurrence-in-words.ts';

const textLimit = 400;

/** One line about an event that is cited; facts only, hostile text made printable. */
export function eventInWords(event: Event): string {
  return shortened(printable(facts(event)), textLimit);
}

function facts(event: Event): string {
  switch (event.kind) {
    case 'oom-kill':
      return oom(event);
    case 'crash':
      return `${event.comm}[${event.pid}]: ${event.trap}${event.address ? ` at ${event.address}` : ''}${event.object ? ` in ${event.object}` : ''}`;
    case 'unit':
      return `${event.unit}: ${event.text ?? event.state}${event.result ? ` (result ${event.result})` : ''}`;
    case 'kill-syscall':
      return `${event.syscall ?? 'kill'} ${event.signal ?? ''} by ${event.cmdline ? typed(event.cmdline) : (event.senderComm ?? '?')} (pid ${event.senderPid}) to pid ${event.targetPid ?? '?'}${event.success === false ? ` failed${event.error ? ` with ${event.error}` : ''}` : ''}`;
    case 'cron-job':
      return `${event.file} line ${event.line}: ${event.schedule} ${event.user ?? ''} ${event.command}`;
    case 'cron-run':
      return `cron ran ${event.command}${event.user ? ` as ${event.user}` : ''}`;
    case 'login':
    case 'logout':
      return `${event.kind} of ${event.user ?? '?'}${event.from ? ` from ${event.from}` : ''}${event.tty ? ` on ${event.tty}` : ''}`;
    case 'oom-daemon-kill':
      return (
        event.text ?? `${event.daemon} ended ${event.comm ?? event.unit ?? event.cgroup ?? '?'}`
      );
    case 'memory-story':
      return memoryInWords(event);
    default:
      return occurrenceInWords(event);
  }
}

function oom(event: Extract<Event, { kind: 'oom-kill' }>): string {
  const scope = event.oomMemcg ? `memory cgroup ${event.oomMemcg}` : 'the host';
  const limit =
    event.limitKb == null
      ? ''
      : `, usage ${memory(event.usageKb ?? 0)} of ${memory(event.limitKb)}`;
  const anon = event.anonRssKb == null ? '' : `, anon-rss ${memory(event.anonRssKb)}`;
  const invoker = event.invokedBy ? `; the failed allocation was made by ${event.invokedBy}` : '';
  return `OOM in ${scope}${limit}: killed ${event.comm} (pid ${event.pid})${anon}${invoker}`;
}
