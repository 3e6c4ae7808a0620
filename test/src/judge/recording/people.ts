import type { Ancestor, Process } from '@coroner/schema/process';
import type { RecordedHost } from './host.ts';

export interface Person {
  user: string;
  uid: number;
  from: string;
  tty?: string;
  session: number;
  /** When the person logged in. */
  loginMs: number;
  /** Nothing but the records of the login tells the address: sshd's connection was not seen. */
  addressFromRecords?: boolean;
}

/** A login over ssh and what is run in it. */
export interface Session {
  /** Facts that all processes of the session have. */
  own: Partial<Process>;
  shell: Process;
  sshd: Process;
  run(argv: readonly string[], ms: number, facts?: Partial<Process>): Process;
}

const above = ({ pid, comm, startUs, uid, user, cmdline }: Process): Ancestor => ({
  pid,
  comm,
  startUs,
  uid,
  user,
  cmdline,
});

/** A process with those above it, nearest first. */
export const lineageOf = (process: Process): Ancestor[] => [above(process), ...process.ancestry];

/** Without a tty: what ansible or a loop over ssh runs. */
export function login(host: RecordedHost, person: Person): Session {
  const { user, uid, from, tty = null, session, loginMs, addressFromRecords = false } = person;
  const remote = addressFromRecords ? null : from;
  const daemon = host.process({ comm: 'sshd', unit: 'ssh.service' }, [{ pid: 1, comm: 'systemd' }]);
  const own = { uid, user, auid: uid, auditUser: user, auditSession: session, remote, tty };
  const sshd = host.process(
    { comm: 'sshd', startMs: loginMs - 100, ...own, tty: null, cmdline: [`sshd: ${user}`] },
    lineageOf(daemon),
  );
  const shell = host.process(
    { comm: 'bash', startMs: loginMs + 50, ...own, cmdline: ['-bash'] },
    lineageOf(sshd),
  );
  host.tells('login', 'journal', loginMs, {
    ...{ user, from, pid: sshd.pid, service: 'sshd', method: 'publickey' },
  });
  if (tty) host.tells('login', 'wtmp', loginMs + 30, { user, from, tty, pid: sshd.pid, line: tty });
  return {
    own,
    shell,
    sshd,
    run: (argv, ms, facts = {}) =>
      host.process(
        {
          comm: (argv[0] ?? '').slice(0, 15),
          startMs: ms,
          ...own,
          unit: `session-${session}.scope`,
          cmdline: [...argv],
          ...facts,
        },
        lineageOf(shell),
      ),
  };
}
