import { redacted } from './rules.ts';

const token = (start: string, body: string, length: number): RegExp =>
  new RegExp(`(?<![A-Za-z0-9])(?:${start})(?:${body}{${length},}|${body}*…)`, 'g');

export interface Pattern {
  readonly what: string;
  readonly find: RegExp;
  /** `$1` and `$2` are kept. */
  readonly become: string;
  /** The secret stands between « and ». */
  readonly example: string;
}

/** Shapes that are secret wherever they stand. */
export const patterns: readonly Pattern[] = [
  {
    what: 'PEM private key',
    example: '-----BEGIN PRIVATE KEY-----«\nMIIhunter2\n»-----END PRIVATE KEY-----',
    find: /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----)[\s\S]*?(-----END [A-Z ]{0,40}-----|$)/g,
    become: `$1${redacted}$2`,
  },
  // scheme://user:password@host; the password may hold @ and /, but `host:8080/` is a port.
  {
    what: 'password in a URL',
    example: 'postgres://bob:«hunter2»@db/x',
    find: /(:\/\/[^\s:/?#@"'<>]{0,256}:)(?!\d{1,5}[/?#])[^\s?#"'<>]{0,1024}(@)/g,
    become: `$1${redacted}$2`,
  },
  {
    what: 'password with ? or # in a URL',
    example: 'postgres://bob:«hun?ter#2»@db/x',
    find: /(:\/\/[^\s:/?#@"'<>]{0,256}:)(?!\d{1,5}[/?#])[^\s@"'<>]{0,1024}(@)/g,
    become: `$1${redacted}$2`,
  },
  // The same, cut before its `@`.
  {
    what: 'password in a URL that was cut',
    example: 'postgres://bob:«hunt…»',
    find: /(:\/\/[^\s:/?#@"'<>]{0,256}:)(?!\d{1,5}[/?#])[^\s@]{0,1024}…/g,
    become: `$1${redacted}`,
  },
  // A token in place of the user: https://TOKEN@host
  {
    what: 'token in the place of a user in a URL',
    example: 'https://«0123456789abcdef01234567»@git.example/x',
    find: /(:\/\/)[A-Za-z0-9_.~%+=-]{20,1024}(@)/g,
    become: `$1${redacted}$2`,
  },
  {
    what: 'Authorization header',
    example: 'Authorization: Bearer «hunter2»',
    find: /((?<![\w-])(?:proxy-)?authorization["']?\s{0,3}[:=](?:\s{0,3}["'])?(?:\s{0,3}(?:basic|bearer|digest|token|negotiate|aws4-hmac-sha256)(?=\s))?)[^"'\r\n]+/gi,
    become: `$1 ${redacted}`,
  },
  {
    what: 'Cookie header',
    example: 'Cookie: «id=hunter2»',
    find: /((?<![\w-])(?:set-)?cookie:)[^"'\r\n]+/gi,
    become: `$1 ${redacted}`,
  },
  {
    what: 'bearer token',
    example: 'bearer «hunter2»',
    find: /((?<![\w-])bearer\s{1,3})[^\s"'|;&)]+/gi,
    become: `$1${redacted}`,
  },
  {
    what: 'password argument of openssl',
    example: 'openssl rsa -passin pass:«hunter2»',
    find: /((?<![\w-])pass:)[^\s"']+/g,
    become: `$1${redacted}`,
  },
  {
    what: 'password in SQL',
    example: 'ALTER USER bob IDENTIFIED BY "«hunter2»"',
    find: /((?<![\w-])(?:identified\s{1,3}by|password)\s{1,3}(?:password\s{1,3})?)(["'])(?:(?!\2)[\s\S])*(?:\2|$)/gi,
    become: `$1$2${redacted}$2`,
  },
  // A secret piped into a program that reads one.
  {
    what: 'secret piped into sudo or passwd',
    example: 'echo «hunter2» | sudo -S reboot',
    find: /((?<![\w-])(?:echo|printf)\s)[^|\n]{1,400}(\|\s{0,8}(?:sudo\s[^|\n]{0,80}?(?:-S|passwd)|(?:ch)?passwd|[^|\n]{1,120}-stdin)(?![\w]))/g,
    become: `$1${redacted} $2`,
  },
  {
    what: 'AWS access key',
    example: '«AKIAIOSFODNN7EXAMPLE»',
    find: token('A[KS]IA|ABIA|ACCA', '[A-Z0-9]', 12),
    become: redacted,
  },
  {
    what: 'GitHub token',
    example: '«ghp_0123456789abcdefghij»',
    find: token('gh[pousr]_|github_pat_', '[A-Za-z0-9_]', 16),
    become: redacted,
  },
  {
    what: 'GitLab token',
    example: '«glpat-0123456789abcdefghij»',
    find: token('glpat-|gldt-|glrt-', '[\\w-]', 12),
    become: redacted,
  },
  {
    what: 'Slack token',
    example: '«xoxb-0123456789»',
    find: token('xox[abceoprs]-|xapp-', '[\\w-]', 8),
    become: redacted,
  },
  {
    what: 'Stripe key',
    example: '«sk_live_0123456789abcdef»',
    find: token('(?:sk|rk|pk|whsec)_(?:live|test)?_?', '[A-Za-z0-9]', 14),
    become: redacted,
  },
  {
    what: 'OpenAI key and the like',
    example: '«sk-0123456789abcdefghijklmn»',
    find: token('sk-', '[\\w-]', 20),
    become: redacted,
  },
  {
    what: 'npm, DigitalOcean, Shopify, Hugging Face, PyPI, age',
    example: '«npm_0123456789abcdefghijklmn»',
    find: token('npm_|dop_v1_|shpat_|shpss_|hf_|pypi-|AGE-SECRET-KEY-1', '[\\w-]', 20),
    become: redacted,
  },
  {
    what: 'Google and Vault token',
    example: '«AIza0123456789abcdefghijklmn»',
    find: token('AIza|ya29\\.|hv[sb]\\.', '[\\w-]', 20),
    become: redacted,
  },
  {
    what: 'SendGrid key',
    example: '«SG.0123456789abcdefgh.ijkl»',
    find: /(?<![A-Za-z0-9])SG\.[\w-]{16,}(?:\.[\w-]*)?…?/g,
    become: redacted,
  },
  {
    what: 'JSON Web Token',
    example: '«eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl»',
    find: /(?<![A-Za-z0-9])eyJ(?:[\w-]{8,}(?:\.[\w-]*){0,4}|[\w.-]*…)/g,
    become: redacted,
  },
  {
    what: 'webhook',
    example: 'https://hooks.slack.com/services/«T0/B0/hunter2»',
    find: /(hooks\.slack\.com\/(?:services|workflows)\/|discord(?:app)?\.com\/api\/webhooks\/)[^\s"']+/g,
    become: `$1${redacted}`,
  },
  {
    what: 'Telegram bot token',
    example: '«12345678:AA0123456789abcdefghijklmnopqrstuv»',
    find: /(?<!\d)\d{8,10}:AA[\w-]{30,}/g,
    become: redacted,
  },
  // crypt(3) hashes, as in usermod or a shadow line.
  {
    what: 'crypt(3) hash',
    example: 'a shadow line: bob:«$6$salt$0123456789abcdef»:19000',
    find: /\$(?:[156y]|2[abxy]|7|gy|argon2id?)\$[\w./=,$+-]{8,}…?/g,
    become: redacted,
  },
];
