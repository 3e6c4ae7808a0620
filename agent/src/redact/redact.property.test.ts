import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactArgv, redactText } from './redact.ts';

const characters = (from: string, length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...from), minLength: length, maxLength: 40 });

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Recognisable in the output, whatever stands beside it. */
const marked = (body: string): fc.Arbitrary<string> =>
  characters(body, 4).map((text) => `Qz7${text}zQ8`);

/** Where a whole argument is the secret, it may hold anything. */
const inArguments: readonly ((secret: string) => string[])[] = [
  (s) => ['app', `--password=${s}`],
  (s) => ['app', '--password', s, '-v'],
  (s) => ['app', '--dbPassword', s],
  (s) => ['app', '--token', s],
  (s) => ['app', `--set=auth.token=${s}`],
  (s) => ['app', '--client-secret', s],
  (s) => ['app', `--api-key=${s}`],
  (s) => ['app', '-passphrase', s],
  (s) => ['mysql', `-p${s}`],
  (s) => ['sudo', '-u', 'root', '/usr/bin/mysqldump', '-p', s],
  (s) => ['sshpass', '-p', s, 'ssh', 'host'],
  (s) => ['sshpass', `-p${s}`, 'ssh', 'host'],
  (s) => ['redis-cli', '-a', s, 'get', 'x'],
  (s) => ['curl', '-u', `bob:${s}`],
  (s) => ['curl', '--user', `bob:${s}`],
  (s) => ['curl', `-ubob:${s}`],
  (s) => ['curl', '-H', `Authorization: Bearer ${s}`],
  (s) => ['curl', '-H', `authorization: ${s}`],
  (s) => ['curl', '-H', `Cookie: id=${s}`],
  (s) => ['curl', '-b', `id=${s}`],
  (s) => ['curl', '-H', `X-Auth-Token: ${s}`],
  (s) => ['smbclient', '-U', `bob%${s}`],
  (s) => ['openssl', 'enc', '-k', s],
  (s) => ['openssl', 'rsa', '-passin', `pass:${s}`],
  (s) => ['env', `PGPASSWORD=${s}`, 'psql'],
  (s) => ['docker', 'run', '-e', `APP_SECRET=${s}`],
  (s) => ['docker', 'login', '-u', 'bob', '-p', s],
  (s) => ['htpasswd', '-b', 'file', 'bob', s],
  (s) => ['x', `Password=${s}`],
  (s) => ['x', `-----BEGIN RSA PRIVATE KEY-----\n${s}`],
];

/** Where the secret is a part of the text, what ends it there must not be in it. */
const inText: readonly ((secret: string) => string)[] = [
  (s) => `postgres://bob:${s}@db.example/x`,
  (s) => `postgres://bob:${s}…`,
  (s) => `Server=db;Uid=a;Pwd=${s};Timeout=3`,
  (s) => `https://h.example/?a=1&access_token=${s}&b=2`,
  (s) => `mysql -u root -p${s} -h db`,
  (s) => `mysql -u root -p'${s}' db`,
  (s) => `cd /x && PGPASSWORD=${s} psql -h db`,
  (s) => `export API_TOKEN="${s}"; run`,
  (s) => `curl -u bob:${s} http://h`,
  (s) => `curl -H "Authorization: Basic ${s}" http://h`,
  (s) => `curl -H 'Cookie: id=${s}' http://h`,
  (s) => `sshpass -p ${s} ssh host`,
  (s) => `openssl rsa -passin pass:${s} -in x`,
  (s) => `{"user": "bob", "client_secret": "${s}"}`,
  (s) => `app --token ${s} | tee log`,
  (s) => `app --token "${s}`,
  (s) => `mount -o user=a,password=${s},vers=3 /x`,
  (s) => `psql -c "ALTER USER a PASSWORD '${s}'"`,
  (s) => `echo ${s} | sudo -S reboot`,
  (s) => `Bearer ${s}`,
  (s) => `ghp_${s}ABCDEFGHIJ0123456789`,
  (s) => `AKIA${s.toUpperCase()}0123456789AB`,
  (s) => `xoxb-1234-${s}`,
  (s) => `sk_live_${s}0123456789`,
  (s) => `eyJhbGciOiJI.${s}.${s}`,
  (s) => `https://hooks.slack.com/services/T0/B0/${s}`,
  (s) => `https://${s}ABCDEFGHIJ0123456789@github.com/x`,
];

const sloppy = `${alphanumeric}!#$%^*_+-=.,:/[]{}~`;

describe('a secret in the place of a rule', () => {
  it('never survives as an argument', () => {
    const secret = fc.oneof(marked(`${sloppy} "'\\;&|()<>?@`), marked(alphanumeric));
    fc.assert(
      fc.property(fc.constantFrom(...inArguments), secret, (place, value) => {
        const argv = place(value);
        const result = redactArgv(argv);
        expect(result).toHaveLength(argv.length);
        expect(result.join('\0')).not.toMatch(/Qz7|zQ8/);
        expect(redactArgv(result)).toEqual(result);
      }),
      { numRuns: 3000 },
    );
  });

  it('never survives within text, be it an argument of sh -c or a log line', () => {
    fc.assert(
      fc.property(fc.constantFrom(...inText), marked(alphanumeric), (place, secret) => {
        const text = place(secret);
        const seen = /Qz7|zQ8/i;
        expect(redactText(text)).not.toMatch(seen);
        expect(redactArgv(['sh', '-c', text]).join('\0')).not.toMatch(seen);
        expect(redactText(redactText(text))).toBe(redactText(text));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('any input', () => {
  it('is redacted the same when redacted twice, and never makes it throw', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        ...[
          '--password',
          '=',
          'token',
          ' ',
          '"',
          "'",
          '://',
          'a:',
          '@',
          '\\',
          ';',
          '…',
          '-p',
          'mysql',
        ],
        ...[
          'Authorization:',
          'Bearer ',
          'pass:',
          '[redacted]',
          'eyJ',
          'ghp_',
          '&',
          ',',
          'Cookie:',
          'Pwd=',
        ],
      ),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (argv) => {
        const once = redactArgv(argv);
        expect(once).toHaveLength(argv.length);
        expect(redactArgv(once)).toEqual(once);
      }),
      { numRuns: 5000 },
    );
  });
});
