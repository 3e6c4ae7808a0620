import type { StartConfig } from '../config.ts';
import { choosePort } from '../ports.ts';
import type { Part } from '../process/supervise.ts';
import type { Secrets } from '../state/secrets.ts';
import type { StateDir } from '../state/state-dir.ts';
import { agentUser } from './nats-permissions.ts';
import { natsServer } from './nats-server.ts';
import { nodePart } from './node-part.ts';
import { postgres, postgresUrl } from './postgres.ts';
import type { PostgresUser } from './postgres-user.ts';

export interface Plan {
  /** Servers that the others need; started first. */
  servers: Part[];
  hub: Part;
  agent: Part;
  bot: Part;
  apiUrl: string;
  apiToken: string;
  natsUrl: string;
  databaseUrl: string;
}

const loopback = '127.0.0.1';

/**
 * Everything that one start runs, with the addresses and the environment of each. `stop` ends what it
 * makes ready for that; it rejects when nothing of it runs any more.
 */
export async function plan(
  config: StartConfig,
  state: StateDir,
  secrets: Secrets,
  user: PostgresUser | null,
  stop: AbortSignal,
): Promise<Plan> {
  const { shared, host } = config;
  const servers: Part[] = [];
  let databaseUrl = config.databaseUrl;
  if (!databaseUrl) {
    const port = await choosePort(config.postgresPort, loopback, 'CORONER_POSTGRES_PORT');
    const settings = { dataDir: state.postgres, port, password: secrets.postgresPassword };
    servers.push(await postgres({ ...settings, user, shared }, stop));
    databaseUrl = postgresUrl(settings);
  }
  let natsUrlOf = (_user: keyof Secrets['nats']) => config.natsUrl ?? '';
  if (!config.natsUrl) {
    const port = await choosePort(config.natsPort, loopback, 'CORONER_NATS_PORT');
    servers.push(natsServer({ folder: state.nats, port, host, secrets: secrets.nats, shared }));
    natsUrlOf = (name) => {
      const login = name === 'agent' ? encodeURIComponent(agentUser(host)) : name;
      return `nats://${login}:${secrets.nats[name]}@${loopback}:${port}`;
    };
  }
  const apiPort = await choosePort(config.apiPort, config.listen, 'CORONER_API_PORT');
  const scheme = shared['CORONER_TLS_CERT'] === undefined ? 'http' : 'https';
  const apiUrl = `${scheme}://${reachableAddress(config.listen)}:${apiPort}`;
  const apiToken = config.apiToken ?? secrets.apiToken;
  const env = { ...shared, CORONER_STATE_DIR: state.root, CORONER_HOST: host };
  const api = { CORONER_API_URL: apiUrl, CORONER_API_TOKEN: apiToken };
  const hub = nodePart('hub', 'hub/bin/coroner-hub.js', [], {
    ...env,
    NATS_URL: natsUrlOf('hub'),
    DATABASE_URL: databaseUrl,
    CORONER_API_TOKEN: apiToken,
    CORONER_WEBHOOK_KEY: config.webhookKey ?? secrets.webhookKey,
    CORONER_API_PORT: `${apiPort}`,
    CORONER_LISTEN: config.listen,
  });
  const agent = nodePart('agent', 'agent/bin/coroner-agent.js', ['run'], {
    // A trial leaves nothing behind in the kernel, unless somebody wants that.
    CORONER_KEEP_RECORDING: 'off',
    ...env,
    NATS_URL: natsUrlOf('agent'),
  });
  const bot = nodePart('bot', 'bot/bin/coroner-bot.js', [], {
    ...env,
    ...api,
    ...config.slackEnvironment,
    NATS_URL: natsUrlOf('bot'),
  });
  const natsUrl = natsUrlOf('operator');
  return { servers, hub, agent, bot, apiUrl, apiToken, natsUrl, databaseUrl };
}

/** The address under which this machine reaches what listens on `listen`. */
function reachableAddress(listen: string): string {
  if (listen === '0.0.0.0') return loopback;
  if (listen === '::') return '[::1]';
  return listen.includes(':') ? `[${listen}]` : listen;
}
