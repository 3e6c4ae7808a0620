import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type NatsFiles, natsFiles } from '@coroner/schema/configuration/nats-address';
import { Command } from 'commander';
import { replaceFile } from '../start/state/write-file.ts';
import { issueAgent, issuePart, revoke } from './issue.ts';
import { createKeyStore, openKeyStore } from './key-store.ts';
import { pushAccount, writeServerConfiguration } from './server.ts';

interface Common {
  readonly keys: string;
}
interface Enrol extends Common {
  readonly init?: boolean;
  readonly accounts: string;
  readonly out: string;
}
const badUse = 2;
const { env } = process;

/** `coroner enroll` and `coroner revoke`: who may publish into the fleet's NATS. */
const program = new Command('coroner').exitOverride();
const withKeys = (command: Command): Command =>
  command.option('--keys <FOLDER>', 'nkeys of the operator; not for the fleet', 'coroner-keys');

withKeys(program.command('enroll'))
  .description('issue credentials that can publish as HOST and do nothing else')
  .argument('[HOST]', 'name under which the host reports (CORONER_HOST)')
  .option('--init', 'make the keys, the accounts for nats-server, and credentials of hub and bot')
  .option('--accounts <FOLDER>', 'of the servers, for --init', '/var/lib/nats/accounts')
  .option('--out <FILE>', 'where the credentials go; - is standard output', '-')
  .action(async (host: string | undefined, { keys, init, out, accounts }: Enrol) => {
    if (init) return initialise(resolve(keys), accounts);
    if (host === undefined) throw new Error('which HOST? Or --init, once for a fleet');
    const store = openKeyStore(resolve(keys));
    if (out !== '-' && existsSync(out)) throw new Error(`${out} is there already`);
    const credentials = await issueAgent(store, host);
    if (out === '-') process.stdout.write(credentials);
    else replaceFile(out, credentials);
  });

withKeys(program.command('revoke'))
  .description('end the credentials of a host, of hub or of bot, at once')
  .argument('<NAME>', 'the host, or hub, or bot')
  .option('--keep-newest', 'end all but the newest: the second half of a rotation')
  .action(async (name: string, { keys, keepNewest }: Common & { keepNewest?: boolean }) => {
    const store = openKeyStore(resolve(keys));
    const ended = revoke(store, name, keepNewest === true);
    const url = env['NATS_URL'];
    if (!url)
      throw new Error('NATS_URL is not set: the servers were not told, and go on taking them');
    await pushAccount(store, url, files());
    process.stdout.write(`${ended} credentials of ${name} are revoked.\n`);
  });

async function initialise(folder: string, servers: string): Promise<void> {
  const store = createKeyStore(folder);
  for (const part of ['hub', 'bot'] as const)
    replaceFile(join(folder, `${part}.creds`), await issuePart(store, part));
  const accounts = await writeServerConfiguration(store, servers);
  process.stdout.write(
    `Include ${accounts} in nats-server.conf of every server; ${folder}/hub.creds and bot.creds are for NATS_CREDS of hub and bot.\nKeep the rest of ${folder} where nobody of the fleet can read it.\n`,
  );
}

const files = (): NatsFiles =>
  natsFiles({ NATS_CA: env['NATS_CA'], NATS_CERT: env['NATS_CERT'], NATS_KEY: env['NATS_KEY'] });

program.parseAsync().catch((error: Error & { exitCode?: number; code?: string }) => {
  const own = error.code?.startsWith('commander.') === true;
  if (!own) process.stderr.write(`coroner: ${error.message}\n`);
  process.exitCode = own && error.exitCode === 0 ? 0 : badUse;
});
