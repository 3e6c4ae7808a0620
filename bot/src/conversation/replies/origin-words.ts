import type { Origin } from '@coroner/schema/http/answer';
import { joined, type Words } from '../words.ts';

/** Where a process came from, down to the person or the line that started it; null when not known. */
export function originWords(origin: Origin): Words | null {
  switch (origin.type) {
    case 'login-session':
      return joined([
        ['login session of ', { code: origin.user }],
        origin.from ? ['from ', { code: origin.from }] : null,
        origin.fromHost ? ['which is ', { code: origin.fromHost.name }] : null,
        origin.tty ? [{ code: origin.tty }] : null,
        origin.sessionId === null ? null : [`session ${origin.sessionId}`],
        origin.since ? ['since ', { at: origin.since }] : null,
      ]);
    case 'cron':
      return joined([
        origin.file
          ? ['cron: ', { code: origin.file }, origin.line === null ? '' : ` line ${origin.line}`]
          : ['cron'],
        origin.schedule ? [{ code: origin.schedule }] : null,
        origin.command ? [{ code: origin.command }] : null,
        origin.user ? ['as ', { code: origin.user }] : null,
        origin.nextRun ? ['runs again ', { at: origin.nextRun }] : null,
      ]);
    case 'at':
      return joined([
        ['at job', origin.file ? ' ' : '', origin.file ? { code: origin.file } : ''],
        origin.user ? ['of ', { code: origin.user }] : null,
        origin.command ? [{ code: origin.command }] : null,
      ]);
    case 'unknown':
      return null;
    default:
      return joined([[named[origin.type]], origin.name ? [{ code: origin.name }] : null], ' ');
  }
}

const named = {
  timer: 'systemd timer',
  service: 'service',
  'container-runtime': 'container runtime',
  'package-manager': 'package manager',
  orchestration: 'orchestration',
  kernel: 'the kernel itself',
};
