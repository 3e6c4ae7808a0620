import { describe, expect, it } from 'vitest';
import { redactArgv, redactText } from './redact.ts';

const hidden: readonly [string[], string[]][] = [
  [
    ['app', '--password=a b', '-v'],
    ['app', '--password=[redacted]', '-v'],
  ],
  [
    ['app', '--db-password', 'x', '--verbose'],
    ['app', '--db-password', '[redacted]', '--verbose'],
  ],
  [
    ['app', '--token', 'x'],
    ['app', '--token', '[redacted]'],
  ],
  [
    ['app', '--api-key=x'],
    ['app', '--api-key=[redacted]'],
  ],
  [
    ['app', '--client-secret', '-4x'],
    ['app', '--client-secret', '[redacted]'],
  ],
  [
    ['mysql', '-uroot', '-pX', 'db'],
    ['mysql', '-uroot', '-p[redacted]', 'db'],
  ],
  [
    ['mysql', '-psecret123', 'db'],
    ['mysql', '-p[redacted]', 'db'],
  ],
  [
    ['sudo', '-n', 'mysqldump', '-p', 'X'],
    ['sudo', '-n', 'mysqldump', '-p', '[redacted]'],
  ],
  [
    ['/usr/bin/curl', '-sSu', 'bob:X'],
    ['/usr/bin/curl', '-sSu', 'bob:[redacted]'],
  ],
  [
    ['curl', '-u', 'TOKEN:'],
    ['curl', '-u', '[redacted]:'],
  ],
  [
    ['curl', '-u', 'bob:x…'],
    ['curl', '-u', 'bob:[redacted]'],
  ],
  [
    ['curl', '-H', 'X-Api-Key: a"b'],
    ['curl', '-H', 'X-Api-Key: [redacted]'],
  ],
  [
    ['curl', '-H', 'Authorization: Bearer a.b'],
    ['curl', '-H', 'Authorization: Bearer [redacted]'],
  ],
  [
    ['sshpass', '-p', 'X', 'ssh', '-p', '22'],
    ['sshpass', '-p', '[redacted]', 'ssh', '-p', '22'],
  ],
  [
    ['openssl', 'rsa', '-passin', 'pass:X'],
    ['openssl', 'rsa', '-passin', 'pass:[redacted]'],
  ],
  [
    ['env', 'PGPASSWORD=a b', 'psql'],
    ['env', 'PGPASSWORD=[redacted]', 'psql'],
  ],
  [
    ['docker', 'run', '-e', 'MYSQL_ROOT_PASSWORD=a;b&c,d', 'mysql'],
    ['docker', 'run', '-e', 'MYSQL_ROOT_PASSWORD=[redacted]', 'mysql'],
  ],
  [
    ['docker', 'login', '-u', 'a', '-p', 'X'],
    ['docker', 'login', '-u', 'a', '-p', '[redacted]'],
  ],
  [
    ['java', '-Djavax.net.ssl.keyStorePassword=x'],
    ['java', '-Djavax.net.ssl.keyStorePassword=[redacted]'],
  ],
  [
    ['htpasswd', '-b', 'file', 'bob', 'X'],
    ['htpasswd', '-b', 'file', 'bob', '[redacted]'],
  ],
  [
    ['psql', 'postgres://bob:x…'],
    ['psql', 'postgres://bob:[redacted]'],
  ],
  [
    ['psql', 'postgres://bob:p@ss/w@db/x'],
    ['psql', 'postgres://bob:[redacted]@db/x'],
  ],
  [
    ['app', 'Server=db;Pwd=a&b c;Timeout=3'],
    ['app', 'Server=db;Pwd=[redacted];Timeout=3'],
  ],
  [
    ['sh', '-c', 'PGPASSWORD=x psql && mysql -p"a b" -h db; curl -u a:b http://h'],
    [
      'sh',
      '-c',
      'PGPASSWORD=[redacted] psql && mysql -p[redacted] -h db; curl -u a:[redacted] http://h',
    ],
  ],
];

const kept: readonly string[][] = [
  ['kill', '-9', '4121'],
  ['pkill', '-9', '-f', 'python'],
  ['sh', '-c', "ps aux | grep python | awk '{print $2}'"],
  ['sh', '-c', "kill -9 $(ps aux | grep victim | awk '{print $2}')"],
  ['server', '-p', '8080'],
  ['mkdir', '-p', '/var/lib/x'],
  ['ssh', '-p', '22', 'git@github.com'],
  ['docker', 'run', '--name', 'mysql', '-p', '3306:3306', '-p', '80:80', 'mysql'],
  ['curl', 'http://localhost:8080/path?mail=a@b.c'],
  ['curl', 'http://localhost:8080/very/long…'],
  ['passwd', 'alice'],
  ['grep', '-i', 'password', '/etc/login.defs'],
  ['train', '--max-tokens', '100', '--tokenizer', 'x'],
  ['app', '--password-file', '/run/x', '--token-ttl=3', '--private-key', '/etc/x.pem'],
  ['ansible-playbook', '--ask-pass', 'site.yml'],
  ['env', 'PWD=/root', 'OLDPWD=/tmp', 'make'],
  ['openssl', 'req', '-keyout', 'a.pem', '-passin', 'file:/x'],
  ['cat', '/etc/passwd', '/run/secrets/token'],
  ['systemctl', 'restart', 'keycloak', 'cookie-service'],
];

const texts: readonly [string, string][] = [
  ['{"password": "a\\"b c", "user":"bob","n":1}', '{"password": "[redacted]", "user":"bob","n":1}'],
  [
    'mount -o username=a,password=b,vers=3.0 /x',
    'mount -o username=a,password=[redacted],vers=3.0 /x',
  ],
  ['echo hunter2 | sudo -S reboot', 'echo [redacted] | sudo -S reboot'],
  [
    `psql -c "ALTER USER bob WITH PASSWORD 'a b'"`,
    `psql -c "ALTER USER bob WITH PASSWORD '[redacted]'"`,
  ],
  [
    'alice : TTY=pts/2 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/mysql -pfoo',
    'alice : TTY=pts/2 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/mysql -p[redacted]',
  ],
  ['curl https://h/?a=1&api_key=x&b=2', 'curl https://h/?a=1&api_key=[redacted]&b=2'],
  ['Failed password for root from 10.0.0.5', 'Failed password for root from 10.0.0.5'],
];

describe('redactArgv', () => {
  it.each(hidden)('hides the secret of %j', (argv, expected) => {
    expect(redactArgv(argv)).toEqual(expected);
  });
  it.each(kept.map((argv) => [argv]))('leaves %j readable', (argv) => {
    expect(redactArgv(argv)).toEqual(argv);
  });
});

describe('redactText', () => {
  it.each(texts)('makes of %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });
});
