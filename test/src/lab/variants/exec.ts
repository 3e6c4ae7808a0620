import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../stack/until.ts';
import type { Lab } from '../lab.ts';
import { runToEnd, stage } from '../stage/staged.ts';
import type { Variant } from '../variant.ts';

const headerBytes = 64;
const programHeaderBytes = 56;

/** An ELF program whose only segment belongs where no process may map: exec(2) finds out too late. */
function brokenProgram(): Buffer {
  const file = Buffer.alloc(headerBytes + programHeaderBytes);
  file.write('\x7fELF\x02\x01\x01', 'latin1');
  file.writeUInt16LE(2, 16);
  file.writeUInt16LE(62, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(0x400000n, 24);
  file.writeBigUInt64LE(BigInt(headerBytes), 32);
  file.writeUInt16LE(headerBytes, 52);
  file.writeUInt16LE(programHeaderBytes, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, headerBytes);
  file.writeUInt32LE(5, headerBytes + 4);
  file.writeBigUInt64LE(0xffff_8000_0000_0000n, headerBytes + 16);
  file.writeBigUInt64LE(4096n, headerBytes + 32);
  file.writeBigUInt64LE(4096n, headerBytes + 40);
  return file;
}

function writeBroken(lab: Lab): string {
  const path = join(lab.programs.folder, lab.nextName());
  writeFileSync(path, brokenProgram(), { mode: 0o755 });
  return path;
}

/** A child of a shell or interpreter that is to become a program, and cannot; it says its pid before. */
const inChild = (
  name: string,
  interpreter: string,
  script: (program: string) => string,
): Variant => ({
  cause: 'exec-failed',
  name,
  confidence: 'likely',
  async run(lab) {
    const path = lab.programs.hostProgram(interpreter, lab.nextName());
    const parent = await stage(path, ['-c', script(lab.programs.folder)]);
    const said = await until('the child says its pid', () => /child (\d+)/.exec(parent.output()));
    parent.go();
    await parent.gone;
    return { pid: Number(said[1]), actor: null };
  },
});

const inBackground = (exec: string): string =>
  `exec 3<&0; (read line <&3; exec ${exec}) & echo child $!; wait`;

const inFork = (folder: string): string =>
  [
    'import os, sys',
    'pid = os.fork()',
    'if pid:',
    '    print("child", pid, flush=True)',
    '    os.waitpid(pid, 0)',
    '    sys.exit(0)',
    'sys.stdin.readline()',
    'try:',
    `    os.execv("${folder}", ["x"])`,
    'except OSError:',
    '    os._exit(126)',
  ].join('\n');

export const execVariants: readonly Variant[] = [
  {
    cause: 'exec-failed',
    name: 'a program that does not fit into memory, past the point of no return',
    async run(lab) {
      const victim = await lab.victim('exec', writeBroken(lab));
      victim.go();
      await victim.gone;
      return { pid: victim.pid, actor: null };
    },
  },
  {
    cause: 'exec-failed',
    name: 'the same, started by a shell that was killed for it',
    async run(lab) {
      const broken = writeBroken(lab);
      const pid = await runToEnd('sh', ['-c', `exec ${broken}`]);
      return { pid, actor: null };
    },
  },
  inChild('no such program, in the child of a shell', '/bin/dash', (folder) =>
    inBackground(`${folder}/nothing-here`),
  ),
  inChild('no such program, in the child of bash', '/bin/bash', (folder) =>
    inBackground(`${folder}/nothing-here`),
  ),
  inChild('a folder, in the child of python', '/usr/bin/python3', inFork),
];
