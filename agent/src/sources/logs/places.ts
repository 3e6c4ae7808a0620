/** Where rsyslog and syslog-ng write what programs say: Debian, Red Hat, SUSE. */
export const programLogs: readonly string[] = [
  '/var/log/syslog',
  '/var/log/messages',
  '/var/log/auth.log',
  '/var/log/secure',
  '/var/log/daemon.log',
  '/var/log/cron.log',
  '/var/log/cron',
];

/** Logs of their own of programs that end processes, where they do not write to syslog. */
export const ownLogs: readonly string[] = [
  '/var/log/slurm/slurmd.log',
  '/var/log/slurm/slurmctld.log',
  '/var/log/slurm-llnl/slurmd.log',
  '/var/log/slurm-llnl/slurmctld.log',
  '/var/log/slurmd.log',
  '/var/log/slurmctld.log',
  '/var/log/nohang/nohang.log',
  '/var/log/supervisor/supervisord.log',
  '/var/log/supervisord.log',
  '/var/log/supervisor.log',
];

export const kernelLog = '/var/log/kern.log';
