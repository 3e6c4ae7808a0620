import type { Manual } from '@coroner/schema/manual/manual';

/** What `--help` and the man page say beside the definitions of the commands. */
export const manual: Manual = {
  section: 8,
  summary: 'record on this host why processes die, and ship it',
  description: [
    'Records in the kernel every signal that ends a process together with its sender, reads what the kernel and the host write down, and sends it to the hub of Coroner over NATS. Nothing is lost while hub or network are away: it waits in a spool.',
    'As root it sees everything; without root it says what it cannot see. The kernel goes on recording while the agent is stopped; uninstall ends that.',
  ],
  examples: {
    '': [{ line: 'coroner-agent doctor', does: 'which evidence this host has' }],
    run: [
      { line: 'coroner-agent run --check-config', does: 'only say whether the settings are right' },
    ],
    watch: [
      {
        line: `coroner-agent watch --process 'nginx*' --json`,
        does: 'deaths of one program, for a program',
      },
    ],
    read: [
      {
        line: 'coroner-agent read log /var/log/kern.log',
        does: 'one JSON event a line from an old file',
      },
    ],
    protect: [
      { line: 'coroner-agent protect protection.json', does: 'what a policy would change' },
    ],
  },
  exitStatus: [
    { name: '0', meaning: 'done; of doctor: all evidence is there' },
    { name: '1', meaning: 'of doctor: not all evidence is there' },
    { name: '2', meaning: 'wrong usage or settings; of doctor: nobody can be named' },
  ],
  environment: [
    { name: 'NATS_URL', meaning: 'where to send: nats://host:4222, several separated by commas' },
    { name: 'NATS_CREDS', meaning: 'file of a JWT and its seed' },
    { name: 'CORONER_HOST', meaning: "name under which this host reports (default: the host's)" },
    { name: 'CORONER_STATE_DIR', meaning: 'spool and state' },
    {
      name: 'CORONER_WATCH',
      meaning: 'whose every end is reported, such as nginx,unit:jobs.service',
    },
    { name: 'CORONER_CONFIG', meaning: 'a file of NAME=value lines that says the same' },
  ],
  files: [
    { name: '/etc/coroner/agent.conf', meaning: 'settings of the installed agent' },
    { name: '/etc/coroner/agent.creds', meaning: 'its credentials' },
  ],
  seeAlso: ['coroner(1)', 'systemctl(1)', 'journalctl(1)'],
};
