import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Lab } from '../../lab.ts';
import { pidNamed, untilGone } from '../../stage/processes.ts';
import { readyPid, runToEnd, stage } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';

const bound = (path: string) => ({
  destination: path,
  source: path,
  type: 'none',
  options: ['rbind', 'ro'],
});

/** A bundle of the OCI runtime specification: this host's programs, one process. */
function writeBundle(folder: string, args: readonly string[], programs: string): void {
  const root = join(folder, 'rootfs');
  mkdirSync(join(root, 'proc'), { recursive: true });
  for (const name of ['bin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(root, name));
  const config = {
    ociVersion: '1.0.2',
    process: { user: { uid: 0, gid: 0 }, args, cwd: '/', env: ['PATH=/usr/bin'] },
    root: { path: 'rootfs' },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      bound('/usr'),
      bound(programs),
    ],
    linux: { namespaces: ['pid', 'mount', 'ipc', 'uts', 'network'].map((type) => ({ type })) },
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
}

/** A container of a real runc, ended by one of runc's own commands: that process is the actor. */
const ended = (name: string, how: string, command: (id: string) => string[]): Variant => ({
  cause: 'container-stopped',
  name,
  async run(lab: Lab) {
    const id = lab.nextName();
    const path = lab.nextVictim();
    const folder = join(lab.programs.folder, id);
    const runc = ['--root', join(folder, 'state')];
    writeBundle(folder, [path, how], lab.programs.folder);
    const container = await stage('runc', [...runc, 'run', '--bundle', folder, id]);
    await readyPid(container);
    const pid = await pidNamed(basename(path));
    const actor = await runToEnd('runc', [...runc, ...command(id)]);
    await untilGone(pid);
    await container.gone;
    return { pid, actor };
  },
});

export const containerVariants: readonly Variant[] = [
  ended('runc kill, SIGTERM that it catches', 'catch-term', (id) => ['kill', id, 'TERM']),
  ended('runc kill, SIGKILL', 'sleep', (id) => ['kill', id, 'KILL']),
  ended('runc delete --force', 'sleep', (id) => ['delete', '--force', id]),
];
