import { describe, expect, it } from 'vitest';
import { logParser } from '../../log/log-parser.ts';
import { eventsOf } from '../messages.fixture.ts';

const opened = 'pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)';
const closed = 'pam_unix(sshd:session): session closed for user alice';

describe('sshd', () => {
  it('makes one login of its own line and PAM’s, one logout of the lines at the end', () => {
    const events = eventsOf(
      'sshd[50]: Connection from 10.0.0.5 port 4711 on 10.0.0.1 port 22',
      'sshd[50]: Accepted publickey for alice from 10.0.0.5 port 4711 ssh2: ED25519 SHA256:abc',
      `sshd[50]: ${opened}`,
      'sshd[55]: Received disconnect from 10.0.0.5 port 4711:11: disconnected by user',
      'sshd[55]: Disconnected from user alice 10.0.0.5 port 4711',
      `sshd[50]: ${closed}`,
    );
    expect(events).toEqual([
      {
        kind: 'login',
        source: 'log',
        at: '2026-02-06T11:37:41.000Z',
        user: 'alice',
        from: '10.0.0.5',
        port: 4711,
        fingerprint: 'SHA256:abc',
        pid: 50,
        service: 'sshd',
        method: 'publickey',
        host: 'web-1',
      },
      expect.objectContaining({ kind: 'logout', user: 'alice', from: '10.0.0.5', port: 4711 }),
    ]);
  });

  it('takes PAM’s word where sshd says nothing, also for a pid that comes again', () => {
    const lines = [`sshd[50]: ${opened}`, `sshd[50]: ${closed}`];
    const kinds = eventsOf(...lines, ...lines).map((event) => event.kind);
    expect(kinds).toEqual(['login', 'logout', 'login', 'logout']);
  });

  it.each([
    ['Accepted keyboard-interactive/pam for root from fe80::1 port 9 ssh2', 'root', 'fe80::1'],
    ['Accepted password for a from b from 10.0.0.5 port 9 ssh2', 'a from b', '10.0.0.5'],
    [
      'Accepted publickey for bob from 10.0.0.5 port 9 ssh2: RSA a from 1.2.3.4 port 1 ssh2',
      'bob',
      '10.0.0.5',
    ],
    ['Accepted none for alice from host.example port 9', 'alice', 'host.example'],
  ])('%s', (text, user, from) => {
    expect(eventsOf(`sshd[5]: ${text}`)).toMatchObject([{ kind: 'login', user, from, port: 9 }]);
  });

  it('makes one failed login of the lines about one attempt', () => {
    const events = eventsOf(
      'sshd[60]: Invalid user oracle from 10.0.0.6 port 9',
      'sshd[60]: pam_unix(sshd:auth): check pass; user unknown',
      'sshd[60]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=10.0.0.6',
      'sshd[60]: Failed password for invalid user oracle from 10.0.0.6 port 9 ssh2',
      'sshd[60]: Connection closed by invalid user oracle 10.0.0.6 port 9 [preauth]',
    );
    expect(events).toMatchObject([
      { kind: 'login-failed', user: 'oracle', from: '10.0.0.6', method: 'password', port: 9 },
    ]);
  });

  it('reports an invalid user whose connection just closes', () => {
    const events = eventsOf(
      'sshd[60]: Invalid user oracle from 10.0.0.6 port 9',
      'sshd[60]: Connection closed by invalid user oracle 10.0.0.6 port 9 [preauth]',
    );
    expect(events).toMatchObject([{ kind: 'login-failed', user: 'oracle', from: '10.0.0.6' }]);
  });

  it.each([
    ['Failed password for user from 10.0.0.6 port 9 ssh1: ruser from 1.2.3.4', 'user', 9],
    [
      'Failed password for invalid user a from 1.2.3.4 port 5 ssh2 from 10.0.0.6 port 9 ssh2',
      'a from 1.2.3.4 port 5 ssh2',
      9,
    ],
    [
      '[ID 800047 auth.info] Failed keyboard-interactive for james from 10.0.0.6 port 9 ssh2',
      'james',
      9,
    ],
    ['error: PAM: Authentication failure for illegal user al from 10.0.0.6 ', 'al', null],
    ['error: PAM: authentication error for al from 10.0.0.6 via 192.168.1.201', 'al', null],
    ['Failed none for invalid user  from 10.0.0.6 port 9 ssh2', '', 9],
    ['Invalid user john doe from 10.0.0.6 port 9', 'john doe', 9],
    ['User al from 10.0.0.6 not allowed because not listed in AllowUsers', 'al', null],
    ['User al from 10.0.0.6 port 9 not allowed because listed in DenyUsers', 'al', 9],
    ['ROOT LOGIN REFUSED FROM 10.0.0.6 port 9 [preauth]', 'root', 9],
    ["Bad password attempt for 'al' from 10.0.0.6:9", 'al', 9],
  ])('reads the address that sshd wrote in: %s', (text, user, port) => {
    expect(eventsOf(`sshd[60]: ${text}`)).toMatchObject([
      { kind: 'login-failed', user, from: '10.0.0.6', port },
    ]);
  });

  it('takes the last refusal for one where no other line tells of it', () => {
    const last =
      'sshd[60]: error: maximum authentication attempts exceeded for invalid user al from 10.0.0.6 port 9 ssh2 [preauth]';
    expect(eventsOf(last)).toMatchObject([
      { kind: 'login-failed', user: 'al', from: '10.0.0.6', port: 9, pid: 60 },
    ]);
    const failed = 'sshd[60]: Failed password for invalid user al from 10.0.0.6 port 9 ssh2';
    expect(eventsOf(failed, last)).toHaveLength(1);
  });

  it('counts what rsyslog folded', () => {
    const text = 'message repeated 3 times: [ Failed password for root from 10.0.0.6 port 9 ssh2]';
    expect(eventsOf(`sshd[60]: ${text}`)).toHaveLength(3);
  });

  it('knows the form before PAM 0.99', () => {
    const events = eventsOf(
      'sshd(pam_unix)[19]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=10.0.0.6  user=root',
      'sshd(pam_unix)[20]: session opened for user test by (uid=509)',
      'sshd(pam_unix)[20]: session closed for user test',
    );
    expect(events).toHaveLength(3);
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'login-failed',
        user: 'root',
        from: '10.0.0.6',
        service: 'sshd',
      }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'login', user: 'test', service: 'sshd', pid: 20 }),
    );
  });

  it('believes nobody else who says so', () => {
    expect(eventsOf('app[5]: Accepted password for root from 10.0.0.6 port 9 ssh2')).toEqual([]);
    expect(
      eventsOf('sshd[5]: Disconnected from authenticating user root 10.0.0.6 port 9 [preauth]'),
    ).toEqual([]);
  });
});

describe('su, sudo and their kin', () => {
  it.each([
    [
      'sudo[5]:    alice : TTY=pts/2 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/kill -9 77 ; x=1',
      {
        user: 'alice',
        asUser: 'root',
        tty: 'pts/2',
        cwd: '/home/alice',
        command: '/bin/kill -9 77 ; x=1',
      },
    ],
    [
      'sudo[5]: alice : TTY=pts/0 ; PWD=/tmp/COMMAND=x ; USER=root ; COMMAND=/bin/ls',
      { asUser: 'root', cwd: '/tmp/COMMAND=x', command: '/bin/ls' },
    ],
    [
      'sudo[5]: alice : TTY=pts/0 ; PWD=/tmp/a ; USER=bob ; USER=root ; COMMAND=/bin/ls',
      { asUser: 'root', cwd: '/tmp/a ; USER=bob', command: '/bin/ls' },
    ],
    [
      'sudo[5]: alice : TTY=pts/0 ; PWD=/ ; USER=root ; GROUP=adm ; ENV=A=b ; COMMAND=/bin/ls',
      { asUser: 'root', command: '/bin/ls' },
    ],
    [
      'sudo[5]: alice : HOST=web-1 : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=list',
      { user: 'alice', tty: 'pts/0', command: 'list' },
    ],
    [
      'sudo: ubuntu :  PWD=/home/ubuntu ; USER=root ; COMMAND=/usr/bin/true ',
      { user: 'ubuntu', asUser: 'root', tty: null, cwd: '/home/ubuntu', command: '/usr/bin/true' },
    ],
    // Either the directory or the command was made to look like the other: the user is not told.
    [
      'sudo[5]: alice : TTY=pts/0 ; PWD=/tmp/a ; USER=bob ; COMMAND=/bin/ls ; USER=root ; COMMAND=/bin/sh',
      { asUser: null, command: '/bin/ls ; USER=root ; COMMAND=/bin/sh' },
    ],
    ['su[5]: (to root) alice on pts/2', { user: 'alice', asUser: 'root', tty: 'pts/2' }],
    ['su: Successful su for root by alice', { user: 'alice', asUser: 'root' }],
    ['su: alice to root on /dev/ttyp0', { user: 'alice', asUser: 'root', tty: '/dev/ttyp0' }],
    [
      'pkexec[5]: alice: Executing command [USER=root] [TTY=unknown] [CWD=/] [COMMAND=/usr/bin/x y]',
      { user: 'alice', asUser: 'root', tty: null, command: '/usr/bin/x y' },
    ],
    ['su: + /dev/pts/0 alice:root', { user: 'alice', asUser: 'root', tty: 'pts/0' }],
    [
      'doas: alice ran command ls -l as root from /tmp',
      { user: 'alice', asUser: 'root', command: 'ls -l' },
    ],
  ])('%s', (line, facts) => {
    expect(eventsOf(line)).toMatchObject([{ kind: 'privilege', ...facts }]);
  });

  it('joins a command that sudo split over several lines', () => {
    const start = 'sudo[5]: alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/echo';
    const long = 'x'.repeat(900);
    const events = eventsOf(
      `${start} ${long}`,
      `sudo[5]: alice : (command continued) ${long}`,
      'sudo[5]: alice : (command continued) the end',
      'sudo[6]: alice : (command continued) of another',
      `${start} ${long}`,
      'sudo[5]: pam_unix(sudo:session): session opened for user root(uid=0) by alice(uid=1000)',
      `${start} short`,
    );
    expect(events).toMatchObject([
      { kind: 'privilege', command: `/bin/echo ${long} ${long} the end` },
      { kind: 'privilege', command: `/bin/echo ${long}` },
      { kind: 'login', service: 'sudo' },
      { kind: 'privilege', command: '/bin/echo short' },
    ]);
  });

  it('does not take a refusal for a command that ran', () => {
    const line = (why: string) =>
      `sudo: alice : ${why} ; TTY=pts/2 ; PWD=/ ; USER=root ; COMMAND=/bin/sh`;
    expect(eventsOf(line('user NOT in sudoers'))).toEqual([]);
    expect(eventsOf(line('3 incorrect password attempts'))).toMatchObject([
      { kind: 'login-failed', user: 'alice', service: 'sudo' },
    ]);
    expect(eventsOf('su[5]: FAILED SU (to root) alice on pts/2')).toMatchObject([
      { kind: 'login-failed', user: 'root', service: 'su', tty: 'pts/2' },
    ]);
  });
});

describe('login and logind', () => {
  it('makes one login of PAM’s line and login’s own', () => {
    const events = eventsOf(
      'login(pam_unix)[24]: session opened for user root by LOGIN(uid=0)',
      ' -- root[24]: ROOT LOGIN ON tty2',
    );
    expect(events).toMatchObject([{ kind: 'login', user: 'root', service: 'login' }]);
    expect(eventsOf('login[24]: LOGIN ON tty1 BY alice')).toMatchObject([
      { kind: 'login', user: 'alice', tty: 'tty1' },
    ]);
  });

  it.each([
    ['gdm-password]: ', null],
    ['gdm-password][300]: ', 300],
    ['gdm-autologin][300]: ', 300],
    ['gdm-launch-environment]: ', null],
  ])('reads the tag that gdm cuts: %s', (tag, pid) => {
    const service = tag.replace(/\].*/, '');
    expect(
      eventsOf(
        `${tag}pam_unix(${service}:session): session opened for user alice(uid=1000) by (uid=0)`,
      ),
    ).toMatchObject([{ kind: 'login', user: 'alice', service, pid, host: 'web-1' }]);
    expect(
      eventsOf(
        `${tag}pam_unix(${service}:auth): authentication failure; logname= uid=0 euid=0 tty=/dev/tty1 ruser= rhost=  user=alice`,
      ),
    ).toMatchObject([{ kind: 'login-failed', user: 'alice', service }]);
  });

  it('knows no process of a session of logind', () => {
    expect(eventsOf('systemd-logind[400]: New session 7 of user alice.')).toMatchObject([
      { kind: 'login', user: 'alice', session: '7', pid: null },
    ]);
  });

  it('follows a session of logind to its end', () => {
    const events = eventsOf(
      "systemd-logind[1]: New session '7' of user 'alice' with class 'user' and type 'tty'.",
      'systemd-logind[1]: Session 7 logged out. Waiting for processes to exit.',
      'systemd-logind[1]: Removed session 7.',
      'systemd-logind[1]: New session c8 of user bob.',
      'systemd-logind[1]: Removed session c8.',
    );
    expect(events.map((event) => [event.kind, 'user' in event && event.user])).toEqual([
      ['login', 'alice'],
      ['logout', 'alice'],
      ['login', 'bob'],
      ['logout', 'bob'],
    ]);
  });
});

describe('dropbear', () => {
  it.each([
    ["bad password attempt for 'root' from 10.0.0.5:4711", 'root', 4711],
    ["[77] Feb  6 11:37:41 Bad password attempt for 'al' from 10.0.0.5:4711", 'al', 4711],
    ['login attempt for nonexistent user from 10.0.0.5:4711', null, 4711],
    ["Login attempt for nonexistent user 'x' from 10.0.0.5:4711", 'x', 4711],
  ])('refuses: %s', (text, user, port) => {
    expect(eventsOf(`dropbear[77]: ${text}`)).toMatchObject([
      { kind: 'login-failed', user, from: '10.0.0.5', port, pid: 77 },
    ]);
  });

  it('says when somebody is gone', () => {
    expect(
      eventsOf(
        "dropbear[77]: Password auth succeeded for 'root' from 10.0.0.5:4711",
        'dropbear[77]: Exit (root) from <10.0.0.5:4711>: Disconnect received',
        'dropbear[78]: Exit (al): Error reading: Connection reset by peer',
        'dropbear[79]: Exit before auth from <10.0.0.5:4712>: Exited normally',
      ),
    ).toMatchObject([
      { kind: 'login', user: 'root' },
      { kind: 'logout', user: 'root', from: '10.0.0.5', port: 4711 },
      { kind: 'logout', user: 'al', from: null },
    ]);
  });
});

describe('PAM under the name of the program', () => {
  it('opens and closes sessions', () => {
    expect(
      eventsOf(
        'gdm[77]: (pam_unix) session opened for user al by (uid=0)',
        'gdm[77]: (pam_unix) session closed for user al',
      ),
    ).toMatchObject([
      { kind: 'login', user: 'al', service: 'gdm' },
      { kind: 'logout', user: 'al', service: 'gdm' },
    ]);
  });

  it.each(['(pam_unix) ', 'pam_unix: '])('refuses with %s', (form) => {
    const text =
      'authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=10.0.0.5  user=al';
    expect(eventsOf(`proftpd: ${form}${text}`)).toMatchObject([
      { kind: 'login-failed', user: 'al', from: '10.0.0.5', service: 'proftpd' },
    ]);
  });
});

it('tells who was refused by su of busybox and by doas', () => {
  expect(eventsOf('su: - /dev/pts/0 alice:root', 'doas[77]: failed auth for alice')).toMatchObject([
    { kind: 'login-failed', user: 'root', service: 'su' },
    { kind: 'login-failed', user: 'alice', service: 'doas' },
  ]);
});

describe('the file of sudo', () => {
  it('has its lines wrapped', () => {
    const parser = logParser({ now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' });
    const lines = [
      'Feb  6 11:37:41 2026 : alice : HOST=web-1 : TTY=pts/0 ; PWD=/home/alice ;',
      '    USER=root ; COMMAND=/usr/bin/kill -9 5 6',
      '    7',
      'Feb  6 11:37:42 : bob : user NOT in sudoers ; TTY=pts/1 ; PWD=/ ; USER=root ;',
      '    COMMAND=/bin/ls',
      'Feb  6 11:37:43 : bob : TTY=unknown ; PWD=/ ; USER=www-data ; COMMAND=/bin/ls',
    ];
    const said = { kind: 'privilege', service: 'sudo', pid: null };
    expect([...lines.flatMap((line) => parser.push(line)), ...parser.flush()]).toMatchObject([
      {
        ...{ ...said, user: 'alice', asUser: 'root', tty: 'pts/0', cwd: '/home/alice' },
        ...{ command: '/usr/bin/kill -9 5 6 7', at: '2026-02-06T11:37:41.000Z' },
      },
      { ...said, user: 'bob', asUser: 'www-data', at: '2026-02-06T11:37:43.000Z' },
    ]);
  });
});

describe('sudo in JSON', () => {
  const line = (outcome: string): string =>
    `sudo[77]: @cee:{"sudo":{"${outcome}":{"submituser":"alice","command":"/usr/bin/kill","runuser":"root","ttyname":"/dev/pts/0","submitcwd":"/","runargv":["kill","-9","5"]}}}`;

  it('says who ran what, and nothing of what was refused or cut', () => {
    expect(eventsOf(line('accept'), line('reject'), line('accept').slice(0, -3))).toMatchObject([
      {
        ...{ kind: 'privilege', user: 'alice', asUser: 'root', tty: 'pts/0', cwd: '/' },
        ...{ command: '/usr/bin/kill -9 5', pid: 77 },
      },
    ]);
  });
});
