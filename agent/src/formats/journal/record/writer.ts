import { field, type JournalRecord } from './record.ts';

/** TASK_COMM_LEN without its NUL. */
const commLength = 15;
/** Programs whose word decides verdicts: anybody may log under their name, but not run under it unseen. */
const guarded =
  /^(?:systemd(?:-[a-z]+)?|sshd(?:-[a-z]+)?|earlyoom|nohang|dockerd|containerd|kubelet|k3s|crio|conmon|slurm[a-z]+|crond?|anacron|fcron|atd|crontab)$/;

/** Programs by whose word a person is named: there what is not known about the writer counts against it. */
const naming = /^(?:sudo|su|doas|pkexec)$/;
const ownedByRoot = /^\/(?:usr|s?bin|opt|nix\/store|run\/wrappers)\//;

/**
 * The name that the record was logged under is borne out by what the kernel told journald about
 * the writer (`_COMM`), where both are known.
 */
export function isOwnName(record: JournalRecord, program: string | null): boolean {
  if (program === null) return true;
  const comm = field(record, '_COMM');
  if (naming.test(program))
    return comm === program && ownedByRoot.test(field(record, '_EXE') ?? '');
  if (!guarded.test(program)) return true;
  if (comm === null) return true;
  if (comm.startsWith('(')) return program === 'systemd';
  // earlyoom and nohang may run below an interpreter or under another file name.
  if (/^python/.test(comm)) return program === 'nohang';
  return comm.startsWith(program.slice(0, commLength)) || program.startsWith(comm);
}
