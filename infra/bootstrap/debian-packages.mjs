import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { projectRoot, SetUpError, say, step } from './step.mjs';

const unprivilegedTools = join(projectRoot, 'node_modules/.coroner');
const searched = [
  ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  join(unprivilegedTools, 'usr/sbin'),
];
const program = (name) => () => searched.some((folder) => existsSync(join(folder, name)));
const file = (path) => () => existsSync(path);
const library = (name) => () =>
  ['/usr/lib', '/lib'].some((root) =>
    [root, `${root}64`, ...subfolders(root)].some((folder) => existsSync(join(folder, name))),
  );

/** Below /usr/lib/TRIPLET. */
const inTriplet = (path) => () =>
  existsSync('/usr/lib') && subfolders('/usr/lib').some((folder) => existsSync(join(folder, path)));

const postgresServer = () =>
  existsSync('/usr/lib/postgresql') &&
  readdirSync('/usr/lib/postgresql').some((version) =>
    existsSync(join('/usr/lib/postgresql', version, 'bin/initdb')),
  );

/** Debian package, and how to see that what it gives is there already, wherever it came from. */
const toRun = [
  { name: 'nats-server', there: () => process.env.NATS_URL || program('nats-server')() },
  { name: 'libbpf1', there: library('libbpf.so.1'), forProbe: true },
];
const toTest = [
  { name: 'gcc', there: program('gcc') },
  { name: 'libc6-dev', there: file('/usr/include/stdio.h') },
  { name: 'clang', there: program('clang') },
  { name: 'llvm', there: program('llvm-strip') },
  { name: 'libbpf-dev', there: file('/usr/include/bpf/bpf_helpers.h') },
  { name: 'python3', there: program('python3') },
  { name: 'procps', there: program('pkill') },
  { name: 'make', there: program('make') },
  { name: 'cron', there: program('cron') },
  { name: 'openssl', there: program('openssl') },
  { name: 'openssh-server', there: program('sshd') },
  { name: 'openssh-client', there: program('ssh') },
  { name: 'sudo', there: program('sudo') },
  { name: 'at', there: program('atd') },
  { name: 'tmux', there: program('tmux') },
  { name: 'htop', there: program('htop') },
  { name: 'psmisc', there: program('killall') },
  { name: 'sqlite3', there: program('sqlite3') },
  { name: 'auditd', there: program('auditd') },
  { name: 'rsyslog', there: program('rsyslogd') },
  { name: 'systemd', there: file('/usr/lib/systemd/systemd') },
  { name: 'runc', there: program('runc') },
  { name: 'earlyoom', there: program('earlyoom') },
  { name: 'acct', there: program('accton') },
  { name: 'logrotate', there: program('logrotate') },
  { name: 'iproute2', there: program('ip') },
  { name: 'nftables', there: program('nft') },
  { name: 'libfaketime', there: inTriplet('faketime/libfaketimeMT.so.1') },
  { name: 'man-db', there: program('man') },
  { name: 'xz-utils', there: program('xz') },
  { name: 'bzip2', there: program('bzip2') },
  { name: 'chromium', there: program('chromium') },
  { name: 'zstd', there: program('zstd') },
  { name: 'prometheus', there: program('promtool') },
  // For pg_dump and pg_restore with the server that they belong to.
  { name: 'postgresql', there: postgresServer },
];

/** Other programs that do a part of what Coroner does: `npm run bench` runs those that it finds. */
const toCompare = [
  { name: 'bpftrace', there: program('bpftrace') },
  { name: 'libbpf-tools', there: program('sigsnoop') },
  { name: 'bpfcc-tools', there: program('killsnoop-bpfcc') },
  { name: 'linux-perf', there: program('perf') },
  { name: 'rsyslog-pgsql', there: library('rsyslog/ompgsql.so') },
];

/** Installs what is missing of the programs that are compared with, one by one: each may be unknown here. */
export async function installPeers() {
  const missing = toCompare.filter((each) => !each.there()).map(({ name }) => name);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !program('apt-get')())
    return say(`not compared with ${missing.join(', ')}: installing them needs root and apt-get`);
  await aptUpdate();
  for (const name of missing)
    await aptInstall([name]).catch((error) => say(`not compared with ${name}: ${error.message}`));
}

/**
 * Installs the Debian packages that are missing, or says what to run. Without root it unpacks
 * nats-server into node_modules, once `modules` has settled them.
 */
export async function installDebianPackages(forTests, modules) {
  const root = process.getuid?.() === 0;
  const wanted = forTests ? [...toRun, ...toTest] : toRun;
  // Without root the probe cannot be loaded anyway, so its library is no reason to stop.
  const missing = wanted.filter((each) => !each.there() && (root || !each.forProbe));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  if (!program('apt-get')()) throw new SetUpError(advice(names, 'there is no apt-get here'));
  if (root) {
    await aptUpdate();
    return aptInstall(names);
  }
  await modules;
  if (names.includes('nats-server')) await unpackNatsServer();
  const still = missing.filter((each) => !each.there()).map(({ name }) => name);
  if (still.length > 0) throw new SetUpError(advice(still, 'installing needs root'));
}

/** Packages that start a server of their own, and its unit: open to everybody, and not asked for. */
const unwanted = {
  'nats-server': 'nats-server',
  'openssh-server': 'ssh',
  cron: 'cron',
  earlyoom: 'earlyoom',
  at: 'atd',
  prometheus: 'prometheus',
};

// Without systemd, in runlevel 1, invoke-rc.d starts none of them.
const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=120'];

const aptUpdate = () => step('apt-get update', () => run('apt-get', [...quiet, 'update'], { env }));

async function aptInstall(names) {
  const args = [...quiet, 'install', '-y', '--no-install-recommends', ...names];
  await step(`apt-get install ${names.join(' ')}`, () => run('apt-get', args, { env }));
  if (!existsSync('/run/systemd/system')) return;
  for (const name of names.filter((one) => Object.hasOwn(unwanted, one))) {
    const unit = `${unwanted[name]}.service`;
    await run('systemctl', ['disable', '--now', unit]);
    say(`disabled the ${unit} of the Debian package: Coroner runs its own`);
  }
}

/** nats-server is one static program: any user can unpack its package, with apt's lists at hand. */
async function unpackNatsServer() {
  mkdirSync(unprivilegedTools, { recursive: true });
  const folder = mkdtempSync(join(unprivilegedTools, 'download-'));
  try {
    await step('downloading the nats-server package', async () => {
      await run('apt-get', ['-qq', 'download', 'nats-server'], { cwd: folder });
      const [archive] = readdirSync(folder);
      await run('dpkg-deb', ['-x', join(folder, archive), unprivilegedTools]);
    });
  } catch (error) {
    throw new SetUpError(`${error.message}\n${advice(['nats-server'], 'it cannot be downloaded')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function advice(names, why) {
  const own = names.includes('nats-server')
    ? '\nOr set NATS_URL to a nats-server with JetStream that you run yourself.'
    : '';
  return (
    `missing: ${names.join(', ')} (${why}). Run as root:\n` +
    `  apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}${own}`
  );
}

function subfolders(root) {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes('-linux-'))
    .map((entry) => join(root, entry.name));
}
