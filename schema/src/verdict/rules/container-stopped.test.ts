import { expect, it } from 'vitest';
import type { Process } from '../../process.ts';
import { judge } from '../judge.ts';
import { aCase, aDeath, aProcess, aSignal, kernelSignal, killedBy } from '../testing/case.ts';
import { impostor } from '../testing/managers.ts';

const container = 'f00dcafe0123456789';
const inside = (death = aDeath()) => ({ ...death, victim: { ...death.victim, container } });
const root = (comm: string, exe?: string) => aProcess({ pid: 50, comm, ...(exe ? { exe } : {}) });
const rootless = aProcess({ pid: 50, comm: 'crun', exe: '/home/alice/bin/crun', uid: 1000 });

it.each<[string, Process]>([
  ['runc', root('runc', '/usr/bin/runc')],
  ['a copy of runc', root('runc', '/memfd:runc_cloned:/proc/self/exe (deleted)')],
  ['a shim', root('containerd-shim', '/usr/bin/containerd-shim-runc-v2')],
  ['a runtime of which only the name is known', root('crun')],
  ['gVisor', root('runsc', '/usr/local/bin/runsc')],
  ['CRI-O', root('crio', '/usr/bin/crio')],
  ['LXC', root('lxc-stop', '/usr/bin/lxc-stop')],
  ['conmon-rs', root('conmonrs', '/usr/libexec/crio/conmonrs')],
  ['k3s', root('containerd', '/var/lib/rancher/k3s/data/7/bin/k3s')],
])('%s, whatever it ends', (_, current) => {
  const { verdict, actor } = judge(aCase(killedBy(aSignal({ current })))).answer;
  expect(verdict).toMatchObject({ cause: 'container-stopped', confidence: 'proven' });
  expect(actor?.pid).toBe(50);
});

it.each<[string, Process]>([
  ['a rootless runtime', rootless],
  ['its monitor', aProcess({ pid: 50, comm: 'conmon', exe: '/usr/bin/conmon', uid: 1000 })],
])('%s that ends what is in a container', (_, current) => {
  const { verdict } = judge(aCase(inside(killedBy(aSignal({ current }))))).answer;
  expect(verdict.cause).toBe('container-stopped');
  expect(verdict.summary).toContain('container f00dcafe0123');
});

it('by cgroup.kill', () => {
  const written = kernelSignal({ info: 'none', group: false, current: root('crun') });
  expect(judge(aCase(killedBy(written))).answer.verdict.cause).toBe('container-stopped');
});

it.each<[string, Process, boolean]>([
  ['a program called runc, outside of any container', impostor('runc'), false],
  ['a program called conmon', impostor('conmon', { exe: null }), false],
  ["root's, from a strange place", impostor('runc', { uid: 0, user: 'root' }), false],
  ['a script called runc', impostor('runc', { exe: '/usr/bin/bash' }), false],
  ['a program called runc, within the container', impostor('runc', { container }), true],
  ['the init of the container, which hands on', impostor('docker-init', { container }), true],
  ['a person', impostor('kill'), true],
])('%s is no runtime', (_, current, isInside) => {
  const death = killedBy(aSignal({ current }));
  const { verdict, actor } = judge(aCase(isInside ? inside(death) : death)).answer;
  expect(verdict.cause).toBe('signal-from-process');
  expect(actor?.pid).toBe(1066);
});
