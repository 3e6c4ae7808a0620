import type { Event, EventOf } from '../../event/event.ts';
import { typed } from '../words/command.ts';
import { duration } from '../words/duration.ts';

/** One line about an event that says what happened on a host beside the deaths; may hold any bytes. */
export function occurrenceInWords(event: Event): string {
  switch (event.kind) {
    case 'counts':
      return countedInWords(event);
    case 'cron-run':
      return `cron ran ${event.command} as ${event.user ?? '?'}`;
    case 'cron-change':
      return event.user === null
        ? `cron found ${event.file ?? `the crontab of ${event.owner ?? '?'}`} changed`
        : `${event.user} changed the crontab of ${event.owner ?? '?'} (${event.action})`;
    case 'coredump':
      return `core dump of ${event.exe ?? event.comm} (pid ${event.pid})${event.signal ? ` after ${event.signal}` : ''}`;
    case 'abnormal-end':
      return `audit: ${event.exe ?? event.comm} (pid ${event.pid}) ended abnormally${event.signal ? ` by ${event.signal}` : ''}`;
    case 'reported-end':
      return `${event.reporter}: ${event.comm ?? 'a process'}${event.pid === null ? '' : ` (pid ${event.pid})`} was ended by ${event.signal}`;
    case 'login-failed':
      return `failed login of ${event.user ?? '?'}${event.from ? ` from ${event.from}` : ''}`;
    case 'privilege':
      return `${event.user ?? '?'} acted as ${event.asUser ?? '?'}${event.command ? `: ${event.command}` : ''}`;
    case 'request':
      return `${event.by.auditUser ?? event.by.user ?? '?'} ran ${event.by.cmdline ? typed(event.by.cmdline) : event.by.comm} (pid ${event.by.pid})${event.exitCode ? `, which ended with code ${event.exitCode}` : ''}`;
    case 'shell-command':
      return `${event.user ?? '?'} typed ${event.command}`;
    case 'process-accounting':
      return `process accounting: ${event.comm}${event.pid == null ? '' : ` (pid ${event.pid})`} ended${event.signal ? ` by ${event.signal}` : event.exitCode == null ? '' : ` with code ${event.exitCode}`}${event.coreDumped ? ', core dumped' : ''}`;
    case 'boot':
      return `the host booted${event.kernel ? `, kernel ${event.kernel}` : ''}${event.text ? `; ${event.text}` : ''}`;
    case 'shutdown':
      return `the host was shut down${event.how ? ` (${event.how})` : ''}`;
    case 'package-change':
      return `${event.manager}: ${event.action} ${event.package}${versions(event)}`;
    case 'package-run':
      return `${event.manager} ran${event.command ? ` ${event.command}` : ''}${event.user ? ` for ${event.user}` : ''}${event.packages.length > 0 ? `, ${count(event.packages)}` : ''}${event.error ? `: ${event.error}` : ''}`;
    case 'clock-step':
      return `the wall clock was set ${duration(Math.abs(event.byMs))} ${event.byMs > 0 ? 'ahead' : 'back'}`;
    case 'agent-start':
      return `the agent started (pid ${event.pid})`;
    case 'agent-stop':
      return `the agent was told to stop (pid ${event.pid})${event.hostStopping ? ', while the host was shutting down' : event.recordsOn ? '; the kernel records on' : ''}`;
    case 'gap':
      return `blind spot of ${event.of}: ${event.reason}${event.lost === null ? '' : `, ${event.lost} records lost`}`;
    case 'workload':
      return `${event.manager}: ${event.workload ?? '?'} ${event.action}${event.reason ? ` (${event.reason})` : ''}`;
    case 'memory-failure':
      return `memory failure${event.comm ? ` in ${event.comm}` : ''}${event.pid == null ? '' : ` (pid ${event.pid})`}`;
    case 'kernel-panic':
      return `kernel: ${event.message}`;
    case 'sysrq':
      return `sysrq: ${event.action}`;
    default:
      return event.kind;
  }
}

const mostMisses = 3;

/** Signals in vain, the most frequent first; a host's other counts are no occurrence. */
function countedInWords({ nearMissesBy = [], nearMisses }: EventOf<'counts'>): string {
  const rows = nearMissesBy
    .filter(({ sender, target }) => sender !== null && sender.pid !== target.pid)
    .slice(0, mostMisses)
    .map(({ sender, target, signal, count, why }) => {
      const by = sender?.cmdline ? typed(sender.cmdline) : (sender?.comm ?? '?');
      const times = count > 1 ? ` ${count} times` : '';
      const fate = why === 'ignored' ? 'ignored' : 'not queued';
      return `${signal}${times} of ${by} (pid ${sender?.pid}, uid ${sender?.uid}) to ${target.comm} (pid ${target.pid}) was ${fate}`;
    });
  return rows.length > 0 ? rows.join('; ') : `${nearMisses} signals came to nothing`;
}

function versions({ fromVersion, toVersion }: EventOf<'package-change'>): string {
  if (fromVersion && toVersion) return ` from ${fromVersion} to ${toVersion}`;
  return toVersion || fromVersion ? ` ${toVersion ?? fromVersion}` : '';
}

function count(packages: readonly string[]): string {
  return packages.length === 1 ? (packages[0] ?? '') : `${packages.length} packages`;
}
