import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A real systemd with its journald: this host's programs, and no units but those that are given. */
export interface BootedSystemd {
  /** Where its journald keeps the journal; `journalctl -D` reads it from outside. */
  readonly directory: string;
  stop(): Promise<void>;
}

/** Namespaces of its own, the host's files read-only, and cgroups below the one that it was put in. */
const script = `
set -eu
folder=$1
root=$folder/root
mount --make-rprivate /
mkdir "$root"
mount --rbind / "$root"
mount --make-rprivate "$root"
mount -o remount,bind,ro "$root"
for place in run var/log etc/systemd sys/fs/cgroup; do
  mount -t tmpfs -o mode=755 tmpfs "$root/$place"
done
mount -t proc proc "$root/proc"
cgroups=$root/sys/fs/cgroup
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  mount -t cgroup2 cgroup2 "$cgroups"
else
  mkdir "$cgroups/systemd" "$cgroups/unified"
  mount -t cgroup -o none,name=systemd systemd "$cgroups/systemd"
  mount -t cgroup2 cgroup2 "$cgroups/unified"
fi
mkdir -p "$root/run/log/journal" "$root/run/before"
mount --bind "$folder/journal" "$root/run/log/journal"
cp -r "$folder/etc/." "$root/etc/systemd/"
cd "$root"
pivot_root . run/before
umount -l /run/before
exec env -i container=coroner PATH=/usr/sbin:/usr/bin SYSTEMD_LOG_TARGET=journal \\
  /usr/lib/systemd/systemd --system --unit=test.target --show-status=no
`;
const namespaces = ['--pid', '--mount', '--uts', '--ipc', '--net', '--cgroup'];
const hierarchies = ['', 'unified', 'systemd'].map((name) => join('/sys/fs/cgroup', name));
const patienceMs = 180_000;

/** Boots it and starts the units, each given by the lines of its [Service] section. Needs root. */
export async function bootSystemd(
  units: Readonly<Record<string, readonly string[]>>,
): Promise<BootedSystemd> {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-systemd-'));
  const directory = join(folder, 'journal');
  mkdirSync(directory);
  writeUnits(join(folder, 'etc'), units);
  const cgroups = ownCgroups(basename(folder));
  const enter = cgroups.map((path) => `echo $$ > ${path}/cgroup.procs`).join(' && ');
  const inner = `exec unshare ${namespaces.join(' ')} --fork --kill-child sh -c "$0" sh "$1"`;
  const child: ChildProcess = spawn('sh', ['-c', `${enter} && ${inner}`, script, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-1000);
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const deadline = Date.now() + patienceMs;
  while (!existsSync(directory) || readdirSync(directory).length === 0) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`systemd did not boot: ${said}`);
    await sleep(20);
  }
  return {
    directory,
    async stop() {
      child.kill('SIGKILL');
      await gone;
      for (const path of cgroups) await removeCgroup(path);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeUnits(etc: string, units: Readonly<Record<string, readonly string[]>>): void {
  const folder = join(etc, 'system');
  mkdirSync(folder, { recursive: true });
  const settings = 'Storage=volatile\nAudit=no\nReadKMsg=no\nForwardToSyslog=no\n';
  writeFileSync(join(etc, 'journald.conf'), `[Journal]\n${settings}`);
  const journald = 'systemd-journald.socket systemd-journald.service';
  const wants = Object.keys(units).join(' ');
  const early = 'DefaultDependencies=no';
  writeFileSync(
    join(folder, 'test.target'),
    `[Unit]\n${early}\nRequires=${journald}\nWants=${wants}\n`,
  );
  for (const [name, lines] of Object.entries(units))
    writeFileSync(
      join(folder, name),
      `[Unit]\n${early}\nAfter=${journald}\n[Service]\n${lines.join('\n')}\n`,
    );
}

function ownCgroups(name: string): string[] {
  const paths = hierarchies
    .filter((root) => existsSync(join(root, 'cgroup.procs')))
    .map((root) => join(root, name));
  for (const path of paths) mkdirSync(path);
  return paths;
}

/** Once the processes in it are gone. */
async function removeCgroup(path: string): Promise<void> {
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) await removeCgroup(join(path, entry.name));
  const deadline = Date.now() + patienceMs;
  while (execFileSync('cat', [join(path, 'cgroup.procs')], { encoding: 'utf8' }) !== '') {
    if (Date.now() > deadline) throw new Error(`${path} does not become empty`);
    await sleep(20);
  }
  rmdirSync(path);
}
