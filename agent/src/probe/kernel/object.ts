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
  /** Numbers of signals that are not looked at. */
  noiseSignals: readonly number[];
  /** A process that caught a request to stop and ends later than this ends by itself. */
  patienceMs: number;
  /** Count signal 0, which only asks. */
  countQuestions: boolean;
}

const nsPerMs = 1_000_000n;
const hashDigits = 12;

/** The committed object: beside src/ and dist/, so the same from both. */
export const objectPath = fileURLToPath(new URL('../../../probe/probe.bpf.o', import.meta.url));

export function encodePolicy(policy: Policy, generation = 0n): Buffer {
  const field = layout.policy;
  const value = Buffer.alloc(field.size);
  const noise = policy.noiseSignals.reduce((set, number) => set | (1n << BigInt(number)), 0n);
  value.writeBigUInt64LE(BigInt(Math.round(policy.shortLivedMs)) * nsPerMs, field.shortLivedNs);
  value.writeBigUInt64LE(BigInt(Math.round(policy.patienceMs)) * nsPerMs, field.patienceNs);
  value.writeBigUInt64LE(generation, field.generation);
  value.writeBigUInt64LE(noise, field.noise);
  value.writeUInt32LE(policy.shipAllEnds ? 1 : 0, field.shipAllEnds);
  value.writeUInt32LE(policy.scopePidNamespace, field.scopePidns);
  value.writeUInt32LE(policy.countQuestions ? 1 : 0, field.countQuestions);
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

/** As the map `active` and the policy hold it. */
export const generationNumber = (hash: string): bigint => BigInt(`0x${hash}`);
