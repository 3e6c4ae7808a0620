import { expect, it } from 'vitest';
import { logParser } from '../../log/log-parser.ts';
import { eventsOf } from '../messages.fixture.ts';

it.each([
  [
    'slurmstepd[5]: error: *** JOB 680 ON n1 CANCELLED AT 2023-05-26T02:17:00 DUE TO TIME LIMIT ***',
    { manager: 'slurm', action: 'time-limit', workload: '680' },
  ],
  [
    'slurmstepd: error: *** STEP 680.0 ON n1 CANCELLED AT 2023-05-26T02:17:00 ***',
    { action: 'cancelled', workload: '680.0' },
  ],
  [
    'slurmstepd: error: Detected 1 oom-kill event(s) in StepId=680.batch. Some of your processes may have been killed by the cgroup out-of-memory handler.',
    { action: 'oom', workload: '680.batch' },
  ],
  [
    'slurmstepd: error: Detected 2 oom_kill events in StepId=680.0. Some of the step tasks have been OOM Killed.',
    { action: 'oom', workload: '680.0' },
  ],
  [
    'dockerd[5]: time="2026-02-06T11:37:41Z" level=info msg="Container failed to exit within 10s of signal 15 - using the force" container=abc123',
    { manager: 'docker', action: 'killed', workload: 'abc123' },
  ],
  [
    'dockerd-current: time="x" level=info msg="Container 86f8 failed to exit within 10 seconds of kill - trying direct SIGKILL"',
    { manager: 'docker', workload: '86f8' },
  ],
  [
    'dockerd[5]: time="x" level=debug msg="Calling POST /v1.41/containers/web/kill?signal=KILL"',
    { manager: 'docker', action: 'killed', workload: 'web' },
  ],
  [
    'dockerd[5]: time="x" level=debug msg="Calling POST /containers/web/stop?t=10"',
    { manager: 'docker', action: 'stopped', workload: 'web' },
  ],
  [
    'containerd[5]: time="x" level=info msg="TaskOOM event container_id:\\"919f\\" "',
    { action: 'oom', workload: '919f' },
  ],
  [
    'containerd[5]: time="x" level=info msg="StopContainer for \\"919f\\" with timeout 30 (s)"',
    { action: 'stopped', workload: '919f' },
  ],
  [
    'kubelet[5]: I0206 11:37:41.0 5 kuberuntime_container.go:80] "Killing container with a grace period" pod="ns/p" podUID="u" containerName="c" containerID="containerd://919f" gracePeriod=30',
    { manager: 'kubelet', action: 'stopped', workload: 'ns/p' },
  ],
  [
    'kubelet[5]: I0206 11:37:41.0 5 x.go:1] "Killing container" message="Container web failed liveness probe, will be restarted"',
    { action: 'liveness-failed', workload: 'web' },
  ],
  [
    'kubelet[5]: I0506 07:08:09.1 5 kuberuntime_manager.go:500] Container "web" ({"docker" "abc"}) of pod web_default(uid): Container failed liveness probe.. Container will be killed and recreated.',
    { manager: 'kubelet', action: 'liveness-failed', workload: 'web' },
  ],
  [
    'kubelet[5]: I0506 07:08:09.1 5 prober.go:111] Liveness probe for "web_default(uid):web" failed (failure): Get http://x',
    { action: 'probe-failed', workload: 'web_default(uid):web' },
  ],
  [
    'kubelet[5]: I0506 07:08:09.1 5 prober.go:116] "Probe failed" probeType="Liveness" pod="default/web" podUID=1 containerName="web" probeResult=failure output="x"',
    { action: 'probe-failed', workload: 'default/web' },
  ],
  [
    'kubelet[5]: E0506 07:08:09.1 5 oom_watcher_linux.go:80] "Got sys oom event" event={"pid":77,"victim_process":"java"}',
    { action: 'oom', pid: 77 },
  ],
  [
    'kubelet[5]: I0506 07:08:09.1 5 oom_watcher.go:70] Got sys oom event: &{77 java 2024-05-06 07:08:09 / /kubepods}',
    { action: 'oom', pid: 77 },
  ],
  [
    'podman[5]: 2024-05-06 07:08:09.1 +0000 UTC m=+0.1 container died 86f8 (image=x, name=web, exitCode=137)',
    { manager: 'podman', action: 'died', workload: '86f8' },
  ],
  [
    'podman[5]: 2024-05-06 07:08:09.1 +0000 UTC m=+0.1 container kill 86f8 (image=x, name=web)',
    { manager: 'podman', action: 'killed', workload: '86f8' },
  ],
  [
    'containerd[5]: time="x" level=info msg="Stop container \\"919f\\" with signal terminated"',
    { action: 'stopped', workload: '919f' },
  ],
  [
    'slurmstepd[5]: error: Exceeded job memory limit at some point.',
    { manager: 'slurm', action: 'oom', workload: null },
  ],
  ['conmon[5]: conmon 86f8 <ninfo>: OOM event received', { action: 'oom', workload: '86f8' }],
  [
    'crio[5]: time="x" level=info msg="Stopping container: 86f8 (timeout: 30s)" id=x',
    { manager: 'crio', action: 'stopped', workload: '86f8' },
  ],
  [
    'kubelet[5]: I0206 11:37:41.0 5 eviction_manager.go:1] "Eviction manager: pod is evicted successfully" pod="ns/p"',
    { action: 'evicted', workload: 'ns/p' },
  ],
])('%s', (line, facts) => {
  expect(eventsOf(line)).toMatchObject([{ kind: 'workload', ...facts }]);
});

it('does not believe a job that prints such a line', () => {
  expect(eventsOf('app[5]: Detected 1 oom-kill event(s) in StepId=1.0.')).toEqual([]);
});

it.each([
  [
    '2026-02-06T11:37:41.123456789Z container kill 0123456789ab (image=nginx:1, name=web, signal=9)',
    { manager: 'docker', action: 'killed', workload: '0123456789ab' },
  ],
  [
    '2026-02-06T11:37:41.123456789Z container die 0123456789ab (exitCode=137, name=web)',
    { manager: 'docker', action: 'died' },
  ],
  [
    '2026-02-06 11:37:41.123456789 +0000 UTC container died 0123456789ab (image=x, name=web)',
    { manager: 'podman', action: 'died', at: '2026-02-06T11:37:41.123456Z' },
  ],
  [
    '=>> PBS: job killed: walltime 3610 exceeded limit 3600',
    { manager: 'pbs', action: 'time-limit', workload: null },
  ],
  ['=>> PBS: job killed: vmem 2kb exceeded limit 1kb', { manager: 'pbs', action: 'oom' }],
])('%s', (line, facts) => {
  const parser = logParser({ now: new Date('2026-12-31T00:00:00Z'), timeZone: 'UTC' });
  expect(parser.push(line)).toMatchObject([{ kind: 'workload', ...facts }]);
});
