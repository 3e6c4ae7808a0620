import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { layout } from '../record/layout.ts';

/** What the probe leaves out in the kernel already; see coroner_policy in agent/probe/records.h. */
export interface Policy {
  /** Normal exits of processes younger than this are counted, not shipped. */
  shortLivedMs: number;
  /** Ship every end. */
  shipAllEnds: boolean;
  /** Inode of the pid namespace to watch; 0 = the whole host. */
  scopePidNamespace: number;
}

const nsPerMs = 1_000_000n;
const hashDigits = 12;

/** The committed object: beside src/ and dist/, so the same from both. */
export const objectPath = fileURLToPath(new URL('../../../probe/probe.bpf.o', import.meta.url));

export function encodePolicy(policy: Policy): Buffer {
  const value = Buffer.alloc(layout.policy.size);
  value.writeBigUInt64LE(
    BigInt(Math.round(policy.shortLivedMs)) * nsPerMs,
    layout.policy.shortLivedNs,
  );
  value.writeUInt32LE(policy.shipAllEnds ? 1 : 0, layout.policy.shipAllEnds);
  value.writeUInt32LE(policy.scopePidNamespace, layout.policy.scopePidns);
  return value;
}

/** Equal for the same object under the same policy: only then may running programs be taken over. */
export function generation(policy: Policy): string {
  return createHash('sha256')
    .update(readFileSync(objectPath))
    .update(encodePolicy(policy))
    .digest('hex')
    .slice(0, hashDigits);
}
