import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAccount, createOperator, createUser, fromSeed, type KeyPair } from '@nats-io/nkeys';
import { z } from 'zod';
import { replaceFile } from '../start/state/write-file.ts';

const makers = {
  operator: createOperator,
  /** Of nats-server itself: it takes changes of the account below. */
  system: createAccount,
  account: createAccount,
  /** Signs agents, and can sign nothing else (a scoped signing key). */
  agents: createAccount,
  /** The user of the system account that sends changes. */
  administrator: createUser,
} as const;
type KeyName = keyof typeof makers;

const Issued = z.object({
  /** Name of a part, or the host of an agent. */
  name: z.string(),
  kind: z.enum(['agent', 'hub', 'bot']),
  /** Public key of the user. */
  key: z.string(),
  issuedAt: z.string(),
  revokedAt: z.string().nullable(),
});
export type Issued = z.infer<typeof Issued>;

const ownerOnly = 0o700;

/** The folder of those who may enrol: nkeys (seeds), and which credentials were issued. Keep it off the fleet. */
export interface KeyStore {
  readonly folder: string;
  key(name: KeyName): KeyPair;
  issued(): Issued[];
  record(issued: readonly Issued[]): void;
}

/** Makes the keys. Throws when there are some: what they signed would count no longer. */
export function createKeyStore(folder: string): KeyStore {
  if (existsSync(seedPath(folder, 'operator')))
    throw new Error(`${folder} holds keys already; give another folder, or enrol with these`);
  mkdirSync(folder, { recursive: true, mode: ownerOnly });
  chmodSync(folder, ownerOnly);
  for (const [name, make] of Object.entries(makers))
    replaceFile(seedPath(folder, name), `${new TextDecoder().decode(make().getSeed())}\n`);
  replaceFile(join(folder, 'issued.json'), '[]\n');
  return openKeyStore(folder);
}

/** Throws when the folder holds no keys. */
export function openKeyStore(folder: string): KeyStore {
  if (!existsSync(seedPath(folder, 'operator')))
    throw new Error(`${folder} holds no keys; make them with "coroner enroll --init"`);
  const list = join(folder, 'issued.json');
  return {
    folder,
    key: (name) =>
      fromSeed(new TextEncoder().encode(readFileSync(seedPath(folder, name), 'utf8').trim())),
    issued: () => z.array(Issued).parse(JSON.parse(readFileSync(list, 'utf8'))),
    record: (issued) => replaceFile(list, `${JSON.stringify(issued, null, 2)}\n`),
  };
}

const seedPath = (folder: string, name: string): string => join(folder, `${name}.nk`);
