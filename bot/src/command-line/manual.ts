import type { Manual } from '@coroner/schema/manual/manual';

/** What `--help` and the man page say beside the definitions of the commands. */
export const manual: Manual = {
  section: 1,
  summary: 'why did that process die, who did it, and how sure is it',
  description: [
    'Asks the hub of Coroner about processes that died on the hosts of a fleet, and does on a terminal what its bot does in Slack.',
    'Times are ISO 8601, or words such as "last night", "yesterday", "2 hours ago" or "03:12". With --json a command prints what the hub said, for programs.',
  ],
  examples: {
    '': [
      { line: 'coroner ask "why did nginx die on web-3 last night?"', does: 'ask in plain words' },
      { line: 'coroner deaths --since yesterday --cause oom-cgroup', does: 'look through a list' },
    ],
    ask: [{ line: 'coroner ask "who killed java on db-2?"', does: 'one question' }],
    why: [
      { line: 'coroner why nginx --host web-3 --at 03:12', does: 'the death nearest to that time' },
      { line: 'coroner why --pid 4121 --json', does: "the hub's answer, for a program" },
    ],
    at: [
      {
        line: 'coroner at web-3 03:12',
        does: 'who was logged in there then, what ran, and what happened around it',
      },
    ],
    deaths: [
      {
        line: 'coroner deaths --user alice --since "2 hours ago"',
        does: 'what alice ended, or owned',
      },
      {
        line: 'coroner deaths --follow --host web-3',
        does: 'what dies there from now on, until Ctrl-C',
      },
    ],
    incidents: [{ line: 'coroner incidents --state open', does: 'what somebody has to see to' }],
    'incidents snooze': [
      {
        line: 'coroner incidents snooze ID --for 4h',
        does: 'quiet for four hours, unless it grows',
      },
    ],
    timeline: [
      {
        line: 'coroner timeline web-3 --since 03:00 --until 03:30',
        does: 'half an hour of a host',
      },
    ],
    logins: [{ line: 'coroner logins --host web-3 --at 03:12', does: 'who was there then' }],
    compare: [
      {
        line: 'coroner compare --by program',
        does: 'programs of the last day against the day before',
      },
      {
        line: 'coroner compare --since "24 hours ago" --with week-before --host web-3',
        does: 'a day of one host against the same day a week earlier',
      },
    ],
    cron: [
      { line: 'coroner cron --host web-3', does: 'its jobs, and when each runs next' },
      {
        line: 'coroner cron --next --until "in 2 hours"',
        does: 'what runs on which host, in order of time',
      },
    ],
    'cron-runs': [
      {
        line: 'coroner cron-runs --process backup --since yesterday',
        does: 'on which hosts it ran, and how it ended',
      },
    ],
    'expected add': [
      {
        line: `coroner expected add --unit 'nginx*' --by deploy --reason 'release 42' --for 2h`,
        does: 'no alert for what a release restarts',
      },
    ],
    'routes add': [
      {
        line: `coroner routes add --name databases --hosts 'db-*' --channel C0123456789`,
        does: 'alerts of some hosts to a channel of their own',
      },
    ],
    'webhooks add': [
      {
        line: 'coroner webhooks add pagers https://ops.example.com/coroner --severity critical',
        does: 'post the worst incidents there; its secret is printed this once',
      },
    ],
    'webhooks edit': [
      {
        line: `coroner webhooks edit ID --hosts 'db-*' --severity ''`,
        does: 'databases alone, and of any severity',
      },
    ],
    'webhooks rotate': [
      {
        line: 'coroner webhooks rotate ID --keep 2h',
        does: 'a new secret; the receiver has two hours to learn it',
      },
    ],
    'token create': [
      {
        line: 'coroner token create grafana --scope read --for 90d',
        does: 'a token that may only ask',
      },
    ],
    import: [
      {
        line: 'coroner import log kern.log --host old-1',
        does: 'ask about a host that never had an agent',
      },
    ],
  },
  exitStatus: [
    { name: '0', meaning: 'answered, or followed until Ctrl-C' },
    { name: '1', meaning: 'no such death' },
    { name: '2', meaning: 'wrong usage, or no hub' },
  ],
  environment: [
    { name: 'CORONER_API_URL', meaning: 'the hub (default: the one that "npm start" runs here)' },
    { name: 'CORONER_API_TOKEN', meaning: 'its bearer token (default: of run.json)' },
    { name: 'CORONER_STATE_DIR', meaning: 'where run.json is (default: .coroner)' },
    { name: 'CORONER_CONFIG', meaning: 'a file of NAME=value lines that says the same' },
  ],
  files: [
    { name: '/etc/coroner/bot.conf', meaning: 'settings of the bot that the package installs' },
  ],
  seeAlso: ['coroner-agent(8)'],
};
