export interface Greeting {
  seconds: string;
  apiUrl: string;
  stateDir: string;
  slack: boolean;
  /** Ours is the state directory that the commands look into by themselves. */
  defaultStateDir: boolean;
}

/** What is said when everything is ready. */
export function greeting({
  seconds,
  apiUrl,
  stateDir,
  slack,
  defaultStateDir,
}: Greeting): string[] {
  const ask = defaultStateDir ? 'npx coroner' : `CORONER_STATE_DIR=${stateDir} npx coroner`;
  return [
    `ready after ${seconds} s. The hub answers on ${apiUrl}, logs are in ${stateDir}/log.`,
    slack
      ? 'The bot is in Slack: mention it, write to it, or use /coroner. Kill something and ask:'
      : 'Kill something and ask, in another terminal:',
    '    sleep 1000 &',
    '    sleep 1; kill -9 $!',
    `    ${ask} why sleep`,
    'Ctrl-C stops everything.',
  ];
}
