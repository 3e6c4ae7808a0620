import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requested } from './requested.ts';

const ask = (line: string) => requested(line.split(' '));

describe('systemctl', () => {
  it.each([
    ['systemctl stop nginx', 'stop', ['nginx.service']],
    [
      '/usr/bin/systemctl -q --no-pager restart nginx.service a.socket',
      'restart',
      ['nginx.service', 'a.socket'],
    ],
    ['systemctl --signal KILL kill db@1', 'kill', ['db@1.service']],
    ['systemctl kill -s9 db', 'kill', ['db.service']],
    ['systemctl stop -- -odd', 'stop', ['-odd.service']],
    ['systemctl disable --now cups', 'disable', ['cups.service']],
    ['systemctl rescue', 'rescue', ['rescue.target']],
    ['service nginx stop', 'stop', ['nginx.service']],
    ['/bin/sh /usr/sbin/service nginx restart', 'restart', ['nginx.service']],
    ['/bin/sh -e /etc/init.d/ssh stop', 'stop', ['ssh.service']],
    ['/etc/rc.d/init.d/httpd stop', 'stop', ['httpd.service']],
    [
      'loginctl terminate-session 3 c1',
      'terminate-session',
      ['session-3.scope', 'session-c1.scope'],
    ],
    [
      'busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager StopUnit ss nginx.service replace',
      'stop',
      ['nginx.service'],
    ],
  ])('%s', (line, action, targets) => {
    expect(ask(line)).toMatchObject({ of: 'unit', action, targets });
  });

  it('waits for what it asked for, unless told not to', () => {
    expect(ask('systemctl stop a')).toHaveProperty('waits', true);
    expect(ask('systemctl --no-block stop a')).not.toHaveProperty('waits');
    expect(ask('systemctl --user stop a')).toHaveProperty('ofUser', true);
  });
});

describe('containers', () => {
  it.each([
    ['docker stop -t 2 web db', 'stop', ['web', 'db']],
    ['docker --context default container kill -s TERM web', 'kill', ['web']],
    ['podman rm --force web', 'rm', ['web']],
    ['docker compose -f a.yml down', 'compose down', []],
    ['ctr -n k8s.io tasks kill abc', 'kill', ['abc']],
    ['crictl stop abc', 'stop', ['abc']],
    ['machinectl terminate web', 'terminate', ['web']],
  ])('%s', (line, action, targets) => {
    expect(ask(line)).toMatchObject({ of: 'container', action, targets });
  });

  it.each([
    ['kubectl -n prod delete pod web-1 web-2', ['web-1', 'web-2']],
    ['kubectl delete pod/web-1', ['web-1']],
    ['kubectl rollout restart deploy/web', []],
  ])('%s', (line, targets) => {
    expect(ask(line)).toMatchObject({ of: 'pod', targets });
  });
});

it.each([
  ['systemctl reboot', { action: 'reboot' }],
  ['systemctl isolate poweroff.target', { action: 'poweroff' }],
  ['shutdown -r +5 updates', { action: 'reboot', when: '+5' }],
  ['shutdown', { action: 'poweroff', when: '+1' }],
  ['shutdown -c', { callsOff: true }],
  ['/sbin/reboot -f', { action: 'reboot' }],
  ['init 0', { action: 'poweroff' }],
])('of the host: %s', (line, facts) => {
  expect(ask(line)).toMatchObject({ of: 'host', targets: [], ...facts });
});

it.each([
  ['crontab -e', 'edit', []],
  ['crontab -u bob -r', 'remove', ['bob']],
  ['crontab -ubob /tmp/new', 'replace', ['bob']],
  ['/usr/bin/vim.basic +3 /etc/cron.d/cleanup', 'edit', ['/etc/cron.d/cleanup']],
  ['nano /etc/crontab /etc/hosts', 'edit', ['/etc/crontab']],
])('of a crontab: %s', (line, action, targets) => {
  expect(ask(line)).toEqual({ of: 'crontab', action, targets });
});

it.each([
  'crontab -l',
  'crontab -l -u bob',
  'vim /etc/hosts',
  'nano notes-on-/etc/crontab',
  'systemctl status nginx',
  'systemctl stop --dry-run nginx',
  'systemctl -H other stop nginx',
  'systemctl -M box stop nginx',
  'systemctl disable cups',
  'systemctl start nginx',
  'service --status-all',
  'service nginx status',
  'docker ps',
  'docker rm web',
  'docker run --name stop image',
  'docker exec web kill 1',
  'kubectl get pods',
  'shutdown -k now',
  'init 3',
  'ctr images rm a',
  'sh -c systemctl',
  'bash -x -e service nginx stop',
  'grep stop nginx',
  '',
])('nothing: %s', (line) => {
  expect(ask(line)).toBeNull();
});

it('takes any words', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('systemctl', 'stop', '-H', '--', 'docker', 'rm', '-f', '__proto__'),
  );
  fc.assert(
    fc.property(fc.array(word), (argv) => {
      const asked = requested(argv);
      expect(asked === null || asked.targets.every((target) => target !== '')).toBe(true);
    }),
  );
});
