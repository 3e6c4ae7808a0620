import { expect, it } from 'vitest';
import { type AlertFacts, fromAlert } from './from-alert.ts';
import type { ForeignMessage } from './message-lines.ts';

const field = (title: string, value: string) => ({ title, value, short: true });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const layouts: [string, ForeignMessage, Partial<AlertFacts>][] = [
  [
    'Alertmanager, title alone',
    { text: '', attachments: [{ title: '[FIRING:1] ProcessDown (nginx web-3 critical)' }] },
    { process: 'nginx', host: 'web-3' },
  ],
  [
    'Alertmanager, labels in a list',
    {
      attachments: [
        {
          fallback: '[FIRING:1] SystemdUnitFailed',
          title: '[FIRING:1] SystemdUnitFailed (node_exporter)',
          title_link: 'http://alertmanager/#/alerts',
          text: '*Labels*\n • alertname = SystemdUnitFailed\n • instance = web-3:9100\n • job = node\n • name = nginx.service\n • severity = page',
        },
      ],
    },
    { process: 'nginx.service', host: 'web-3' },
  ],
  [
    'Alertmanager with key=value in the title',
    {
      text: '[FIRING:2] ProcessDown (instance="db-1:9256" groupname="postgres" severity="critical")',
    },
    { process: 'postgres', host: 'db-1' },
  ],
  [
    'pairs in one line',
    { text: 'Host: web-3 Service: nginx State: CRITICAL' },
    { process: 'nginx', host: 'web-3' },
  ],
  [
    'Nagios',
    { text: '** PROBLEM Service Alert: web-3/nginx is CRITICAL **\nPROCS CRITICAL: 0 processes' },
    { process: 'nginx', host: 'web-3' },
  ],
  [
    'Nagios, procs',
    {
      attachments: [
        {
          fields: [field('Host', 'app-2'), field('State', 'CRITICAL')],
          text: "PROCS CRITICAL: 0 processes with command name 'java'",
        },
      ],
    },
    { process: 'java', host: 'app-2' },
  ],
  ['Nagios, host', { text: 'Host Alert: web-3 is DOWN' }, { host: 'web-3' }],
  [
    'Datadog',
    { text: 'process nginx is not running on host:web-3' },
    { process: 'nginx', host: 'web-3' },
  ],
  [
    'Datadog, tags',
    {
      attachments: [
        {
          title: '[Triggered on {host:web-3,process_name:nginx}] Process check',
          text: '%%% \n@slack-ops',
        },
      ],
    },
    { process: 'nginx', host: 'web-3' },
  ],
  [
    'Sentry',
    {
      blocks: [
        { type: 'section', text: mrkdwn(':red_circle: <https://sentry.example/1|*SIGSEGV*>') },
        {
          type: 'context',
          elements: [mrkdwn('process: `worker`  server_name: `app-4`  release: `1.2`')],
        },
      ],
    },
    { process: 'worker', host: 'app-4' },
  ],
  ['the kernel', { text: 'Killed process 4121 (java)' }, { process: 'java', pid: 4121 }],
  [
    'the kernel by syslog',
    {
      text: 'Nov 23 03:12:07 db-2 kernel: Out of memory: Killed process 991 (mysqld) total-vm:8123456kB, anon-rss:4000000kB',
    },
    { process: 'mysqld', pid: 991, host: 'db-2' },
  ],
  [
    'a segfault',
    { text: 'web-9 kernel: [12.5] traps: php-fpm[77]: segfault at 0 ip 00007f' },
    { process: 'php-fpm', pid: 77 },
  ],
  [
    'systemd after a host',
    { text: 'web-3: nginx.service: Main process exited' },
    { process: 'nginx.service', host: 'web-3' },
  ],
  [
    'systemd by the journal',
    {
      text: '```Nov 23 03:12:07 web-3 systemd[1]: nginx.service: Main process exited, code=killed, status=9/KILL```',
    },
    { process: 'nginx.service', host: 'web-3' },
  ],
  [
    'Zabbix',
    {
      attachments: [
        {
          title: 'Problem: Process nginx is not running',
          fields: [
            field('Host', 'web-3 [10.0.0.3]'),
            field('Severity', 'High'),
            field('Event time', '03:12:09'),
          ],
        },
      ],
    },
    { process: 'nginx', host: 'web-3' },
  ],
  [
    'New Relic',
    { text: "'redis-server' process not running on 'cache-10'" },
    { process: 'redis-server', host: 'cache-10' },
  ],
  [
    'Icinga',
    { text: '[PROBLEM] nginx on web-3 is CRITICAL!' },
    { process: 'nginx', host: 'web-3' },
  ],
  [
    'Kubernetes',
    {
      text: 'Pod payments-7d9f8c6b5-x2x4z OOMKilled\nnamespace: prod\nnode: node-5\ncontainer: payments',
    },
    { process: 'payments', host: 'node-5' },
  ],
  [
    'rich text',
    {
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'Process ' },
                { type: 'text', text: 'haproxy', style: { code: true } },
                { type: 'text', text: ' is down on ' },
                { type: 'text', text: 'lb-1', style: { bold: true } },
              ],
            },
          ],
        },
      ],
    },
    { process: 'haproxy', host: 'lb-1' },
  ],
  [
    'supervisord',
    { text: 'host=app-4 exited: celery (terminated by SIGKILL; not expected)' },
    { process: 'celery', host: 'app-4' },
  ],
  [
    'PagerDuty, fields of a section',
    {
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Incident #4711' } },
        {
          type: 'section',
          fields: [mrkdwn('*Host:*\nweb-3'), mrkdwn('*Host:* web-3'), mrkdwn('*Service:* nginx')],
        },
      ],
    },
    { process: 'nginx', host: 'web-3' },
  ],
  [
    'our own card',
    { text: 'nginx (pid 4121) on web-3 was killed with SIGKILL at 03:12:07' },
    { process: 'nginx', pid: 4121, host: 'web-3' },
  ],
  [
    'a person',
    { text: 'fyi the nginx service is down on web-3 again &lt;grr&gt;' },
    { process: 'nginx', host: 'web-3' },
  ],
  ['nothing', { text: 'lunch?' }, {}],
  ['nothing at all', {}, {}],
  ['nonsense', { text: '\u0000<<<', blocks: 7, attachments: [null, 'x', { fields: {} }] }, {}],
];

it.each(layouts)('%s', (_, message, facts) => {
  expect(fromAlert(message)).toEqual({ process: null, pid: null, host: null, ...facts });
});
