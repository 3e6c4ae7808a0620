/**
 * What is taken out of command lines and log text before they leave the host. RULES.md lists it
 * with examples; a test keeps that list true.
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
  /** Of a command; the secret stands between « and ». */
  readonly example: string;
}

export const programRules: readonly ProgramRule[] = [
  {
    programs: ['mysql*', 'mariadb*', 'mytop', 'innotop', 'xtrabackup'],
    flags: ['-p'],
    example: 'mysqldump -uroot -p«hunter2» db',
  },
  {
    programs: ['sshpass'],
    flags: ['-p'],
    example: 'sshpass -p «hunter2» ssh -p 22 web-1',
  },
  {
    programs: ['mongo*', 'cqlsh*', 'rabbitmqadmin', 'rdesktop'],
    flags: ['-p'],
    example: 'mongosh -u bob -p «hunter2»',
  },
  {
    programs: ['docker', 'podman', 'nerdctl', 'buildah', 'skopeo', 'helm', 'oc', 'az'],
    flags: ['-p'],
    after: 'login',
    example: 'docker login -u bob -p «hunter2»',
  },
  {
    programs: ['useradd', 'usermod', 'groupadd'],
    flags: ['-p'],
    example: 'usermod -p «hunter2» bob',
  },
  {
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli'],
    flags: ['-a'],
    example: 'redis-cli -a «hunter2» ping',
  },
  {
    programs: ['http', 'https', 'xh', 'xhs'],
    flags: ['-a'],
    keepUntil: ':',
    example: 'http -a bob:«hunter2» web-1',
  },
  {
    programs: ['curl', 'curlie'],
    flags: ['-u', '--user', '-U', '--proxy-user'],
    keepUntil: ':',
    example: 'curl -sSu bob:«hunter2» web-1',
  },
  {
    programs: ['curl', 'curlie'],
    flags: ['-b', '--cookie'],
    example: 'curl -b «id=hunter2» web-1',
  },
  {
    programs: ['smbclient', 'rpcclient', 'smbget', 'net', 'winexe'],
    flags: ['-U', '--user'],
    keepUntil: '%',
    example: 'smbclient -U bob%«hunter2» //nas/x',
  },
  {
    programs: ['lftp', 'ncftp*'],
    flags: ['-u'],
    keepUntil: ',',
    example: 'lftp -u bob,«hunter2» nas',
  },
  {
    programs: ['ldap*'],
    flags: ['-w'],
    example: 'ldapsearch -D cn=bob -w «hunter2»',
  },
  {
    programs: ['sqlcmd', 'bcp', 'tsql', 'isql', 'osql', 'ipmitool', 'zip', 'unzip'],
    flags: ['-P'],
    example: 'ipmitool -U bob -P «hunter2» power cycle',
  },
  {
    programs: ['7z', '7za', '7zz', '7zr', 'rar', 'unrar'],
    flags: ['-p'],
    attachedOnly: true,
    example: '7z x -p«hunter2» a.7z',
  },
  {
    programs: ['openssl'],
    flags: ['-k', '-K'],
    separateOnly: true,
    example: 'openssl enc -aes256 -k «hunter2»',
  },
  {
    programs: ['xfreerdp*', 'wlfreerdp*'],
    flags: ['/p:'],
    attachedOnly: true,
    example: 'xfreerdp /u:bob /p:«hunter2»',
  },
  {
    programs: ['snmp*'],
    flags: ['-c', '-A', '-X'],
    example: 'snmpwalk -v2c -c «hunter2» switch-1',
  },
  {
    programs: ['nmcli'],
    flags: ['password', 'wep-key'],
    example: 'nmcli dev wifi connect home password «hunter2»',
  },
];

/** Programs whose last argument is a secret, when one of these words stands before it. */
export const lastArgumentRules: readonly {
  programs: readonly string[];
  when: RegExp;
  example: string;
}[] = [
  {
    programs: ['htpasswd', 'htdigest'],
    when: /^-[a-zA-Z]*b/,
    example: 'htpasswd -b users bob «hunter2»',
  },
  {
    programs: ['rabbitmqctl'],
    when: /^(?:add_user|change_password|authenticate_user)$/,
    example: 'rabbitmqctl add_user bob «hunter2»',
  },
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

/** A key, then `:` or `=`, in any text; the key is tested by its name. */
export const keyAndValue = /(?<![\w.-])(-*[\w.-]{1,96})(["']?\s{0,3}[:=]\s{0,3})(?=\S)/g;
