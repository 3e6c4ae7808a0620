import { accessSync, constants } from 'node:fs';
import { natsAddress } from '@coroner/schema/configuration/nats-address';
import { type AgentConfig, agentConfig } from '../config.ts';
import { readPolicy } from '../protection/policy.ts';

/** `coroner-agent run --check-config`. Throws what is wrong, files that it names included. */
export function checkConfig(): void {
  const config = agentConfig();
  checkFiles(config);
  process.stdout.write('The configuration is right.\n');
}

/** Throws when a file that the configuration names cannot be used. */
export function checkFiles({ natsUrl, natsFiles, protectFile }: AgentConfig): void {
  natsAddress(natsUrl, natsFiles);
  for (const file of Object.values(natsFiles)) if (file) accessSync(file, constants.R_OK);
  if (protectFile !== null) readPolicy(protectFile);
}
