import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectPath } from './object.ts';

let folder: string;
let rebuilt: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-object-'));
  cpSync(dirname(objectPath), folder, { recursive: true });
  rebuilt = join(folder, 'rebuilt.o');
  execFileSync('make', ['-s', '-B', `OUT=${rebuilt}`], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The content of one ELF section, as llvm-objcopy gives it. */
function section(object: string, name: string): string {
  const out = join(folder, 'section');
  execFileSync('llvm-objcopy', [`--dump-section=${name}=${out}`, object, join(folder, 'copy.o')]);
  return readFileSync(out, 'hex');
}

const sections = [
  '.text',
  'tp_btf/signal_generate',
  'fexit/check_kill_permission',
  'raw_tp/sched_process_exec',
  'raw_tp/sched_process_exit',
  '.rodata',
  '.maps',
  '.BTF',
  '.BTF.ext',
];

describe('the committed object', () => {
  it.each(sections)('has the same %s when it is built anew, in another folder', (name) => {
    expect(section(objectPath, name)).toBe(section(rebuilt, name));
  });

  it('names no folder of the machine that it was built on', () => {
    expect(readFileSync(objectPath).includes(dirname(objectPath))).toBe(false);
    expect(readFileSync(objectPath, 'latin1')).not.toMatch(/\/(home|root|work|tmp)\//);
  });
});
