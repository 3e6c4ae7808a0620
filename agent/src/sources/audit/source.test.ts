import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { auditSource } from './source.ts';

const stamp = 'msg=audit(1795403527.123:4242):';
const kill = [
  `type=SYSCALL ${stamp} arch=c000003e syscall=62 success=yes exit=0 a0=1ec a1=9 a2=0 a3=0 items=0 ppid=900 pid=999 auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts2 ses=7 comm="kill" exe="/usr/bin/kill" key="coroner_kill"`,
  `type=OBJ_PID ${stamp} opid=492 oauid=-1 ouid=33 oses=-1 ocomm="nginx"`,
  `type=PROCTITLE ${stamp} proctitle=6B696C6C002D3900343932`,
];
const other = `type=CONFIG_CHANGE msg=audit(1795403528.000:4243): op=add_rule key="x" list=4 res=1`;

it('tells kills of a growing audit.log, and keeps the rest of the audit to its host', async () => {
  const root = mkdtempSync(join(tmpdir(), 'coroner-audit-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const source = auditSource({ positionsPath: join(root, 'position.json'), root });
  expect(await source.status()).toMatchObject({ state: 'missing' });
  mkdirSync(join(root, 'var/log/audit'), { recursive: true });
  const path = join(root, 'var/log/audit/audit.log');
  writeFileSync(path, '');
  expect(await source.status()).toMatchObject({ state: 'available' });
  const events: RawEvent[] = [];
  const running = await source.start((event) => events.push(event));
  onTestFinished(() => running.stop());
  appendFileSync(path, `${other}\n${kill.join('\n')}\n`);
  await vi.waitFor(() => expect(events).toHaveLength(1), { timeout: 45_000 });
  expect(events[0]).toMatchObject({
    kind: 'kill-syscall',
    signal: 'SIGKILL',
    senderPid: 999,
    targetPid: 492,
    session: 7,
    cmdline: ['kill', '-9', '492'],
  });
});
