import { hubClient } from '@coroner/schema/client/hub-client';
import { pino } from 'pino';
import type { BotConfig } from '../config.ts';
import { locateHub } from '../locate-hub.ts';
import { checkSetup } from '../slack/setup/check-setup.ts';
import type { Finding } from '../slack/setup/finding.ts';
import type { Paper } from '../terminal/print-reply.ts';
import { type Column, table } from './lists/table.ts';

const words = { good: 'ok', limited: 'limited', wrong: 'WRONG' } as const;

const columns: Column<Finding>[] = [
  { head: 'WHAT', of: ({ what }) => what },
  { head: 'STATE', of: ({ state }) => words[state] },
  {
    head: 'DETAIL',
    of: ({ detail, remedy }) => (remedy === null ? detail : `${detail}. To do: ${remedy}`),
  },
];

/** Prints what Slack says to the tokens. Returns whether the bot can work. */
export async function runSlackSetup(
  config: BotConfig,
  json: boolean,
  paper: Paper,
  print: (text: string) => void,
): Promise<boolean> {
  const findings = await checkSetup(
    config,
    pino({ level: 'silent' }),
    async () => (await hubClient(locateHub(config)).call('GET /v1/alert-routes')).items,
  );
  const wide = { ...paper, width: Number.MAX_SAFE_INTEGER };
  print(json ? `${JSON.stringify(findings, null, 2)}\n` : table(columns, findings, wide));
  return findings.every(({ state }) => state !== 'wrong');
}
