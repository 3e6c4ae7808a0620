import { expect, it } from 'vitest';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, killedBy } from '../testing/case.ts';

const systemd = aProcess({ pid: 1, comm: 'systemd' });
const killed = killedBy(aSignal({ signal: 'SIGTERM', current: systemd }));
const stopped = { ...killed, victim: { ...killed.victim, unit: 'nginx.service' } };
const change = (name: string, ms: number): Event => ({
  ...{ kind: 'package-change', id: `change-of-${name}`, source: 'packages' },
  ...{ at: before(ms).at, manager: 'dpkg', action: 'upgrade', package: name },
});
const run: Event = {
  ...{ kind: 'package-run', id: 'run-of-apt', source: 'packages', manager: 'apt' },
  ...{ at: before(-20_000).at, startedAt: before(30_000).at, endedAt: before(-20_000).at },
  ...{ command: 'apt-get upgrade', user: 'ada', packages: ['libc6', 'nginx'] },
};
const cited = (...evidence: Event[]) => {
  const { verdict, evidence: all } = judge(aCase(stopped, ...evidence)).answer;
  return { ...verdict, ids: all.map(({ eventId }) => eventId) };
};

it('a unit that was stopped while its own package was upgraded', () => {
  const { cause, summary, ids } = cited(change('nginx', 3_000), run);
  expect(cause).toBe('service-stopped');
  expect(summary).toContain(
    'during the upgrade of nginx by dpkg (`apt-get upgrade`, asked for by ada)',
  );
  expect(ids).toEqual(expect.arrayContaining(['change-of-nginx', 'run-of-apt']));
});

it.each([
  ['another package', [change('libc6', 3_000), run]],
  ['one whose name only begins alike', [change('nginxtools', 3_000), run]],
  ['its package, afterwards', [change('nginx', -30_000), run]],
  ['its package, long before', [change('nginx', 600_000)]],
])('%s: nothing is claimed', (_what, evidence) => {
  const { summary, ids } = cited(...evidence);
  expect(summary).not.toContain('upgrade');
  expect(ids).not.toContain('run-of-apt');
});

it('a signal from within the run of a package manager cites the run; one beside it does not', () => {
  const by = (comm: string) =>
    judge(
      aCase(
        killedBy(
          aSignal({ current: aProcess({ pid: 70, comm: 'kill', ancestry: [{ pid: 60, comm }] }) }),
        ),
        run,
      ),
    ).answer.evidence.map(({ eventId }) => eventId);
  expect(by('dpkg')).toContain('run-of-apt');
  expect(by('bash')).not.toContain('run-of-apt');
});

it('systemd was stopping the host, as the agent heard when it was stopped itself', () => {
  const stop: Event = {
    ...{ kind: 'agent-stop', id: 'agent-stop-1', source: 'agent', ...before(-500), pid: 7 },
    hostStopping: true,
  };
  expect(cited(stop)).toMatchObject({ cause: 'host-shutdown' });
  expect(cited({ ...stop, hostStopping: false })).toMatchObject({ cause: 'service-stopped' });
});
