import { expect, it } from 'vitest';
import type { Process } from '../../process.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, exited, kernelSignal, killedBy } from '../testing/case.ts';

const hungUp = (facts: Parameters<typeof kernelSignal>[0] = {}) =>
  kernelSignal({ signal: 'SIGHUP', ...facts });
const victim = (facts: Partial<Process>) =>
  aProcess({ pid: 4121, comm: 'vim', tty: 'pts/2', auditUser: 'dave', ...facts });
const verdictOf = (death: ReturnType<typeof killedBy>, facts: Partial<Process> = {}) =>
  judge(aCase({ ...death, victim: victim(facts) })).answer;

const ending = (facts: Partial<Process>) =>
  hungUp({ currentExiting: true, current: aProcess({ pid: 900, comm: 'bash', ...facts }) });

it.each([
  [
    'the other side was closed',
    killedBy(hungUp()),
    /its terminal pts\/2 or session of dave was closed/,
  ],
  ['it was caught', exited(129, hungUp()), /was closed \(it caught the signal/],
  [
    'who had the other side ended',
    killedBy(ending({ comm: 'sshd', sid: 880 })),
    /its terminal pts\/2 or session of dave was closed/,
  ],
  [
    'the leader of its session ended',
    killedBy(ending({ sid: 900 })),
    /because bash \(pid 900\), the leader of its session, had ended/,
  ],
  [
    'its stopped group was orphaned',
    killedBy(ending({ comm: 'make', pid: 905, sid: 900 })),
    /its stopped process group was orphaned when make \(pid 905\) ended/,
  ],
  [
    'it is not known which of these',
    killedBy(ending({ sid: null })),
    /bash \(pid 900\) had ended, which held its terminal, session or process group/,
  ],
])('%s', (_, death, words) => {
  const { verdict, actor } = verdictOf(death, { sid: 900 });
  expect(verdict).toMatchObject({ cause: 'hangup', confidence: 'proven' });
  expect(verdict.summary).toMatch(words);
  expect(actor).toBeNull();
});

const shell = (facts: Partial<Process>) =>
  aProcess({
    ...{ pid: 300, comm: 'bash', cmdline: ['-bash'], sid: 300, tty: null },
    ...{ auditSession: 7, auditUser: 'dave', ancestry: [{ pid: 1, comm: 'systemd' }] },
    ...facts,
  });
const by = (current: Process) => killedBy(aSignal({ signal: 'SIGHUP', current }));
const none = { auditSession: null, auditUser: null };

it.each([
  ['of an audit session', shell({})],
  ['of the scope of a session', shell({ ...none, unit: 'session-4.scope' })],
  ['without a known command line', shell({ cmdline: null })],
])('a shell %s hands its hangup on', (_, current) => {
  const { verdict, actor } = verdictOf(by(current), { sid: 300 });
  expect(verdict).toMatchObject({ cause: 'hangup', confidence: 'likely' });
  expect(actor).toBeNull();
});

it.each([
  [
    'the script of a service',
    shell({ ...none, cmdline: ['/bin/bash', '/opt/run'], unit: 'job.service' }),
    300,
  ],
  ['the shell of a service', shell({ ...none, cmdline: ['bash'], unit: 'job.service' }), 300],
  ['a script that left its session', shell({ cmdline: ['bash', './job.sh'] }), 300],
  ['a shell that has its parent', shell({ ancestry: [{ pid: 880, comm: 'sshd' }] }), 300],
  ['a shell of another session', shell({}), 301],
])('%s that sends SIGHUP did it itself', (_, current, sid) => {
  const { verdict, actor } = verdictOf(by(current), { sid });
  expect(verdict.cause).toBe('signal-from-process');
  expect(actor?.pid).toBe(300);
});
