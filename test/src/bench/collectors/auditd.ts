import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { auditDaemon } from '../../people/audit-daemon.ts';
import { settled } from '../cost.ts';
import { type Collector, collectorCpu } from './collector.ts';
import { countLines } from './printing.ts';

/** As Debian's /etc/audit/rules.d/audit.rules has it; the kernel starts with 64 and waits as long. */
const backlog = ['-b', '8192', '--backlog_wait_time', '60000'];
const kernelBacklog = ['-b', '64'];

/** auditd with rules for kill(2) and its like; the kernel's own thread hands the records over. */
export const auditd: Collector = {
  name: 'auditd, kill rules',
  async start() {
    const daemon = await auditDaemon();
    execFileSync('auditctl', backlog);
    const pids = [daemon.pid, kernelThread('kauditd')];
    for (const pid of pids) execFileSync('taskset', ['-acp', collectorCpu, `${pid}`]);
    return {
      pids,
      async stop(sent) {
        await settled(pids);
        const named = await countLines(daemon.path, sent, (line, { signal }) =>
          line.includes(` a1=${signal === 'SIGKILL' ? '9' : 'f'} `),
        );
        execFileSync('auditctl', kernelBacklog);
        await daemon.stop();
        return { named, unnamed: 0 };
      },
    };
  },
};

function kernelThread(name: string): number {
  const pid = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && commOf(entry) === name);
  if (pid === undefined) throw new Error(`there is no ${name} in this kernel`);
  return Number(pid);
}

function commOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    // It has ended since.
    return null;
  }
}
