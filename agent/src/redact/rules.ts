/**
 * What is taken out of command lines and log text before they leave the host, as one table:
 *
 * | rule | example | becomes |
 * |---|---|---|
 * | secret-named option or variable (secret-name.ts) | `--password x`, `-Ddb.pass=x`, `PGPASSWORD=x` | `--password [redacted]` |
 * | option of a known program (`programRules`) | `mysql -pX`, `sshpass -p X`, `curl -u bob:X` | `curl -u bob:[redacted]` |
 * | last argument of a known program (`lastArgumentRules`) | `htpasswd -b f bob X` | `htpasswd -b f bob [redacted]` |
 * | shape of the text (`patterns`) | URL with a password, header, known token, JWT, PEM key | see each |
 * | key and value in text (`keyAndValue`) | `{"token": "x"}`, `Server=h;Pwd=x`, `?api_key=x` | `"token": "[redacted]"` |
 *
 * An argument that was cut ends with `…`; half a secret is a secret.
 */
export const redacted = '[redacted]';

export interface ProgramRule {
  /** Base names; a `*` at the end stands for anything. */
  readonly programs: readonly string[];
  readonly flags: readonly string[];
  /** The part of the value up to this character is no secret: `user:`. Without the character nothing is. */
  readonly keepUntil?: string;
  /** `-p` alone takes no value: only `-pX` is meant. */
  readonly attachedOnly?: boolean;
  /** Never `-kX`: other options begin with the same letter. */
  readonly separateOnly?: boolean;
  /** Only after this word: `docker login`. */
  readonly after?: string;
}

export const programRules: readonly ProgramRule[] = [
  { programs: ['mysql*', 'mariadb*', 'mytop', 'innotop', 'xtrabackup'], flags: ['-p'] },
  { programs: ['sshpass'], flags: ['-p'] },
  { programs: ['mongo*', 'cqlsh*', 'rabbitmqadmin', 'rdesktop'], flags: ['-p'] },
  {
    programs: ['docker', 'podman', 'nerdctl', 'buildah', 'skopeo', 'helm', 'oc', 'az'],
    flags: ['-p'],
    after: 'login',
  },
  { programs: ['useradd', 'usermod', 'groupadd'], flags: ['-p'] },
  { programs: ['redis-cli', 'valkey-cli', 'keydb-cli'], flags: ['-a'] },
  { programs: ['http', 'https', 'xh', 'xhs'], flags: ['-a'], keepUntil: ':' },
  { programs: ['curl', 'curlie'], flags: ['-u', '--user', '-U', '--proxy-user'], keepUntil: ':' },
  { programs: ['curl', 'curlie'], flags: ['-b', '--cookie'] },
  {
    programs: ['smbclient', 'rpcclient', 'smbget', 'net', 'winexe'],
    flags: ['-U', '--user'],
    keepUntil: '%',
  },
  { programs: ['lftp', 'ncftp*'], flags: ['-u'], keepUntil: ',' },
  { programs: ['ldap*'], flags: ['-w'] },
  {
    programs: ['sqlcmd', 'bcp', 'tsql', 'isql', 'osql', 'ipmitool', 'zip', 'unzip'],
    flags: ['-P'],
  },
  { programs: ['7z', '7za', '7zz', '7zr', 'rar', 'unrar'], flags: ['-p'], attachedOnly: true },
  { programs: ['openssl'], flags: ['-k', '-K'], separateOnly: true },
  { programs: ['xfreerdp*', 'wlfreerdp*'], flags: ['/p:'], attachedOnly: true },
  { programs: ['snmp*'], flags: ['-c', '-A', '-X'] },
  { programs: ['nmcli'], flags: ['password', 'wep-key'] },
];

/** Programs whose last argument is a secret, when one of these words stands before it. */
export const lastArgumentRules: readonly { programs: readonly string[]; when: RegExp }[] = [
  { programs: ['htpasswd', 'htdigest'], when: /^-[a-zA-Z]*b/ },
  { programs: ['rabbitmqctl'], when: /^(?:add_user|change_password|authenticate_user)$/ },
];

/** Programs that run another one named in their arguments. */
export const wrappers: ReadonlySet<string> = new Set(
  `sudo doas su env nohup setsid timeout nice ionice chrt taskset strace ltrace gdb time xargs watch
  ssh autossh chroot nsenter unshare ip docker podman nerdctl crictl kubectl oc systemd-run runuser
  flock stdbuf unbuffer script screen tmux parallel entr sh bash dash zsh ash ksh busybox exec
  command parallel-ssh pssh pdsh ansible proxychains proxychains4 faketime chronic ts sshpass`.split(
    /\s+/,
  ),
);

const token = (start: string, body: string, length: number): RegExp =>
  new RegExp(`(?<![A-Za-z0-9])(?:${start})(?:${body}{${length},}|${body}*…)`, 'g');

/** Shapes that are secret wherever they stand. `$1` and `$2` are kept. */
export const patterns: readonly { readonly find: RegExp; readonly become: string }[] = [
  {
    find: /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----)[\s\S]*?(-----END [A-Z ]{0,40}-----|$)/g,
    become: `$1${redacted}$2`,
  },
  // scheme://user:password@host; the password may hold @ and /, but `host:8080/` is a port.
  {
    find: /(:\/\/[^\s:/?#@"'<>]{0,256}:)(?!\d{1,5}[/?#])[^\s?#"'<>]{0,1024}(@)/g,
    become: `$1${redacted}$2`,
  },
  {
    find: /(:\/\/[^\s:/?#@"'<>]{0,256}:)(?!\d{1,5}[/?#])[^\s@"'<>]{0,1024}(@)/g,
    become: `$1${redacted}$2`,
  },
  // The same, cut before its `@`.
  {
    find: /(:\/\/[^\s:/?#@"'<>]{0,256}:)(?!\d{1,5}[/?#])[^\s@]{0,1024}…/g,
    become: `$1${redacted}`,
  },
  // A token in place of the user: https://TOKEN@host
  { find: /(:\/\/)[A-Za-z0-9_.~%+=-]{20,1024}(@)/g, become: `$1${redacted}$2` },
  {
    find: /((?<![\w-])(?:proxy-)?authorization["']?\s{0,3}[:=](?:\s{0,3}["'])?(?:\s{0,3}(?:basic|bearer|digest|token|negotiate|aws4-hmac-sha256)(?=\s))?)[^"'\r\n]+/gi,
    become: `$1 ${redacted}`,
  },
  { find: /((?<![\w-])(?:set-)?cookie:)[^"'\r\n]+/gi, become: `$1 ${redacted}` },
  { find: /((?<![\w-])bearer\s{1,3})[^\s"'|;&)]+/gi, become: `$1${redacted}` },
  { find: /((?<![\w-])pass:)[^\s"']+/g, become: `$1${redacted}` },
  {
    find: /((?<![\w-])(?:identified\s{1,3}by|password)\s{1,3}(?:password\s{1,3})?)(["'])(?:(?!\2)[\s\S])*(?:\2|$)/gi,
    become: `$1$2${redacted}$2`,
  },
  // A secret piped into a program that reads one.
  {
    find: /((?<![\w-])(?:echo|printf)\s)[^|\n]{1,400}(\|\s{0,8}(?:sudo\s[^|\n]{0,80}?(?:-S|passwd)|(?:ch)?passwd|[^|\n]{1,120}-stdin)(?![\w]))/g,
    become: `$1${redacted} $2`,
  },
  { find: token('A[KS]IA|ABIA|ACCA', '[A-Z0-9]', 12), become: redacted },
  { find: token('gh[pousr]_|github_pat_', '[A-Za-z0-9_]', 16), become: redacted },
  { find: token('glpat-|gldt-|glrt-', '[\\w-]', 12), become: redacted },
  { find: token('xox[abceoprs]-|xapp-', '[\\w-]', 8), become: redacted },
  { find: token('(?:sk|rk|pk|whsec)_(?:live|test)?_?', '[A-Za-z0-9]', 14), become: redacted },
  { find: token('sk-', '[\\w-]', 20), become: redacted },
  {
    find: token('npm_|dop_v1_|shpat_|shpss_|hf_|pypi-|AGE-SECRET-KEY-1', '[\\w-]', 20),
    become: redacted,
  },
  { find: token('AIza|ya29\\.|hv[sb]\\.', '[\\w-]', 20), become: redacted },
  { find: /(?<![A-Za-z0-9])SG\.[\w-]{16,}(?:\.[\w-]*)?…?/g, become: redacted },
  { find: /(?<![A-Za-z0-9])eyJ(?:[\w-]{8,}(?:\.[\w-]*){0,4}|[\w.-]*…)/g, become: redacted },
  {
    find: /(hooks\.slack\.com\/(?:services|workflows)\/|discord(?:app)?\.com\/api\/webhooks\/)[^\s"']+/g,
    become: `$1${redacted}`,
  },
  { find: /(?<!\d)\d{8,10}:AA[\w-]{30,}/g, become: redacted },
  // crypt(3) hashes, as in usermod or a shadow line.
  { find: /\$(?:[156y]|2[abxy]|7|gy|argon2id?)\$[\w./=,$+-]{8,}…?/g, become: redacted },
];

/** A key, then `:` or `=`, in any text; the key is tested by its name. */
export const keyAndValue = /(?<![\w.-])(-*[\w.-]{1,96})(["']?\s{0,3}[:=]\s{0,3})(?=\S)/g;
