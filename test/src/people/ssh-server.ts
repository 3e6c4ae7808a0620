import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../stack/until.ts';
import { type Account, account } from './account.ts';

/** An ssh session with a terminal, as a person has it. */
export interface Session {
  /** Types a line. */
  type(line: string): void;
  /** Presses keys, without Enter. */
  press(keys: string): void;
  /** What the terminal showed. */
  shown(): string;
  /** Waits until the terminal shows it. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when the session has ended by itself. */
  over(): Promise<void>;
  /** Cuts the connection: nobody says goodbye. */
  cut(): Promise<void>;
}

/** OpenSSH on a free port of loopback, with a user who logs in by key and may use sudo. */
export interface SshServer {
  account: Account;
  /** The address that sessions come from. */
  from: string;
  /** A session with a terminal, from that address or another of loopback. */
  login(address?: string): Promise<Session>;
  /** Runs a command without a terminal, as scripts do. */
  run(command: string): Promise<void>;
  stop(): Promise<void>;
}

const from = '127.0.0.9';
const wtmp = '/var/log/wtmp';

/** What sshd and sudo need beside the host's own files: /run/sshd, and a right for the user. */
const script = `
set -e
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/sshd
mount --bind "$1/sudoers.d" /etc/sudoers.d
mount --bind "$1/lastlog" /var/log/lastlog
exec /usr/sbin/sshd -D -e -f "$1/sshd_config"
`;

export async function sshServer(name: string): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-ssh-'));
  chmodSync(folder, 0o755);
  const person = account(name, join(folder, 'home'));
  const wtmpBytes = statSync(wtmp, { throwIfNoEntry: false })?.size ?? 0;
  for (const key of ['host', 'client'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key)]);
  const port = await freePort();
  execFileSync('mkdir', [join(folder, 'sudoers.d')]);
  writeFileSync(join(folder, 'sudoers.d', 'test'), `${name} ALL=(ALL) NOPASSWD: ALL\n`, {
    mode: 0o440,
  });
  writeFileSync(join(folder, 'lastlog'), '');
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/client.pub`,
    `AllowUsers ${name}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM yes',
    'PrintMotd no',
  ];
  writeFileSync(join(folder, 'sshd_config'), `${settings.join('\n')}\n`);
  const daemon = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = collected(daemon);
  const clients: ChildProcess[] = [];
  await until('sshd listens', () => /Server listening on/.test(said()));
  const ssh = (flags: string[], command: string[], address = from): ChildProcess => {
    const args = ['-q', '-F', 'none', '-b', address, '-p', `${port}`, '-i', `${folder}/client`];
    const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
    const named = options.flatMap((option) => ['-o', option]);
    const target = `${name}@127.0.0.1`;
    const client = spawn('ssh', [...flags, ...args, ...named, target, ...command], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], TERM: 'dumb' },
    });
    clients.push(client);
    return client;
  };
  return {
    account: person,
    from,
    login: async (address) => session(ssh(['-tt'], [], address)),
    run: (command) => exited(ssh([], [command])),
    async stop() {
      for (const child of [...clients, daemon]) child.kill('SIGKILL');
      await Promise.all([...clients, daemon].map(exited));
      // Sessions end by themselves when their connection is gone, but for what was left behind in them.
      await until('the user has no process', () => {
        const left = processesOf(person.uid);
        for (const pid of left) killed(pid);
        return left.length === 0;
      });
      person.remove();
      rmSync(folder, { recursive: true, force: true });
      // Where others log in their records stay, and ours among them, as after any login.
      if (wtmpBytes === 0 && statSync(wtmp, { throwIfNoEntry: false })) truncateSync(wtmp, 0);
    },
  };
}

function processesOf(uid: number): number[] {
  try {
    return execFileSync('pgrep', ['-U', `${uid}`], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    // pgrep fails when there is none.
    return [];
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function session(client: ChildProcess): Promise<Session> {
  const shown = collected(client);
  const shows = (pattern: RegExp) =>
    until(`the terminal shows ${pattern}`, () => pattern.exec(shown())).catch((error: Error) => {
      throw new Error(`${error.message}\n${shown()}`);
    });
  const type = (line: string): void => void client.stdin?.write(`${line}\n`);
  const press = (keys: string): void => void client.stdin?.write(keys);
  await shows(/\$ /);
  return {
    type,
    press,
    shown,
    shows,
    over: () => exited(client),
    async cut() {
      client.kill('SIGKILL');
      await exited(client);
    },
  };
}

function collected({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  return () => text;
}

async function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
