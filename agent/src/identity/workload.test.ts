import { expect, it } from 'vitest';
import { workloadOf } from './workload.ts';

const id = '4f1d2c'.padEnd(64, '0');
const uid = '1b4e28ba-2fa1-11d2-883f-0016d3cca427';
const none = { unit: null, container: null, pod: null };
const contained = { ...none, container: id };

it.each([
  ['/', none],
  ['', none],
  ['/user.slice', none],
  ['/system.slice/nginx.service', { ...none, unit: 'nginx.service' }],
  ['/system.slice/system-getty.slice/getty@tty1.service', { ...none, unit: 'getty@tty1.service' }],
  ['/system.slice/nginx.service/worker', { ...none, unit: 'nginx.service' }],
  ['/system.slice/dev-disk-by\\x2duuid.swap', { ...none, unit: 'dev-disk-by\\x2duuid.swap' }],
  ['/user.slice/user-1000.slice/session-3.scope', { ...none, unit: 'session-3.scope' }],
  [
    '/user.slice/user-1000.slice/user@1000.service/app.slice/editor.service',
    { ...none, unit: 'editor.service' },
  ],
  ['/init.scope', { ...none, unit: 'init.scope' }],
  ['/memory/jobs/1', none],
  [`/docker/${id}`, contained],
  [`/docker/${id}/system.slice/nginx.service`, contained],
  [`/system.slice/docker-${id}.scope`, contained],
  [`/system.slice/nerdctl-${id}.scope`, contained],
  [`/machine.slice/libpod-${id}.scope`, contained],
  [`/machine.slice/libpod-${id}.scope/container`, contained],
  [`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`, contained],
  [`/libpod_parent/libpod-${id}`, contained],
  [`/system.slice/web.service/libpod-payload-${id}`, { ...contained, unit: 'web.service' }],
  [`/machine.slice/libpod-conmon-${id}.scope`, { ...none, unit: `libpod-conmon-${id}.scope` }],
  [`/k8s.io/${id}`, contained],
  [`/ecs/0123abc/${id}`, contained],
  [`/kubepods/burstable/pod${uid}/${id}`, { ...contained, pod: uid }],
  [`/kubepods/pod${uid}`, { ...none, pod: uid }],
  [
    `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${uid.replaceAll('-', '_')}.slice/cri-containerd-${id}.scope`,
    { ...contained, pod: uid },
  ],
  [
    `/kubepods.slice/kubepods-pod${uid.replaceAll('-', '_')}.slice/crio-${id}.scope`,
    { ...contained, pod: uid },
  ],
  [
    `/system.slice/containerd.service/kubepods-besteffort-pod${uid.replaceAll('-', '_')}.slice:cri-containerd:${id}`,
    { ...contained, pod: uid },
  ],
  ['/lxc/db-1', { ...none, container: 'db-1' }],
  ['/lxc.payload.db-1/system.slice/cron.service', { ...none, container: 'db-1' }],
  ['/machine.slice/machine-build\\x2d1.scope/init.scope', { ...none, container: 'build-1' }],
  ['/machine.slice/systemd-nspawn@web.service/payload', { ...none, container: 'web' }],
])('%s', (path, expected) => {
  expect(workloadOf(path)).toEqual(expected);
});
