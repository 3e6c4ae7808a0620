import { join } from 'node:path';
import { projectRoot, readConfig, type StartConfig } from './config.ts';
import { plan } from './parts/parts.ts';
import { postgresUser } from './parts/postgres-user.ts';
import { identify } from './process/identity.ts';
import { logFile } from './process/log-file.ts';
import { type Part, type Supervised, supervise, type Watcher } from './process/supervise.ts';
import { clearPreviousStart } from './state/previous-start.ts';
import { type RunRecord, runRecord } from './state/run-record.ts';
import { loadSecrets } from './state/secrets.ts';
import { openStateDir } from './state/state-dir.ts';
import { onStopRequest } from './stop-request.ts';
import { type Conversation, converse } from './terminal/conversation.ts';
import { greeting } from './terminal/greeting.ts';
import { type Screen, screen } from './terminal/screen.ts';
import { shortForm } from './terminal/short-form.ts';
import { waitForApi } from './wait-for-api.ts';
import { without } from './without.ts';

/** Slack may be down: evidence is gathered and answered all the same. */
const botPatienceMs = 15_000;
const secondsOf = (ms: number) => (ms / 1000).toFixed(1);

/** Starts everything on this machine and keeps it running until it is told to stop. */
async function start(config: StartConfig, show: Screen): Promise<void> {
  const began = performance.now();
  const user = config.databaseUrl ? null : postgresUser();
  const state = openStateDir(config.stateDir, user?.gid ?? null);
  const left = await clearPreviousStart(state.root);
  if (left.length > 0) show.say(`stopped what a killed start had left: ${left.join(', ')}`);
  const self = identify(process.pid);
  if (!self) throw new Error('/proc is not mounted');
  const record = runRecord(state.root, self);
  const running: Supervised[] = [];
  let conversation: Conversation | null = null;
  const stopping = new AbortController();
  let planning: Promise<unknown> = Promise.resolve();
  const stopAll = async () => {
    stopping.abort(new Error('stopped while starting'));
    await planning.catch(() => {
      // Whoever waits for it is told why.
    });
    await conversation?.stop();
    // The last to start stops first, so that nothing loses what it still has to hand on.
    for (const part of running.toReversed()) await part.stop();
    record.remove();
  };
  const stop = onStopRequest(
    config.underNpm,
    (why) => {
      show.say(`${why}: stopping`);
      stopAll().then(() => {
        show.say('stopped');
        process.exit(0);
      });
    },
    () => {
      conversation?.kill();
      for (const each of running) each.kill();
    },
  );

  try {
    show.say(`starting on ${state.root}`);
    const watcher = watch(state.log, show, record);
    const run = (part: Part) => {
      if (stop.requested()) throw new Error('stopped while starting');
      const supervised = supervise(part, watcher);
      running.push(supervised);
      return supervised.ready;
    };
    const made = plan(config, state, loadSecrets(state.root), user, stopping.signal);
    planning = made;
    const planned = await made;
    await Promise.all(planned.servers.map(run));
    // The hub makes the streams, without which the agent's first events would be refused.
    await run(planned.hub);
    const botTrouble = without(run(planned.bot), botPatienceMs);
    await run(planned.agent);
    await waitForApi(planned.apiUrl);
    const trouble = await botTrouble;
    const { apiUrl, apiToken, natsUrl, databaseUrl } = planned;
    record.publish({ apiUrl, apiToken, natsUrl, databaseUrl });
    const lines = greeting({
      seconds: secondsOf(performance.now() - began),
      apiUrl,
      stateDir: state.root,
      slack: config.slack,
      defaultStateDir: state.root === join(projectRoot, '.coroner'),
    });
    if (trouble) show.say(`the bot is not in Slack: ${trouble}. Everything else runs.`);
    for (const line of lines) show.say(line);
    if (process.stdin.isTTY && process.stdout.isTTY && !config.slack) {
      const env = { ...config.shared, CORONER_STATE_DIR: state.root };
      conversation = converse(env, () => stop('the conversation has ended'));
    }
  } catch (error) {
    if (stop.requested()) return;
    await stopAll();
    throw error;
  }
}

function watch(logDir: string, show: Screen, record: RunRecord): Watcher {
  const logs = new Map<string, (text: string) => void>();
  const log = (part: string, line: string) => {
    const write = logs.get(part) ?? logFile(join(logDir, `${part}.log`));
    logs.set(part, write);
    write(`${line}\n`);
  };
  return {
    line(part, line) {
      log(part, line);
      const short = shortForm(line);
      if (short) show.ofPart(part, short);
    },
    started: (part, process) => record.started(part, process),
    ready: (part, afterMs) => show.say(`${part} is ready after ${secondsOf(afterMs)} s`),
    ended(part, how, restartInMs) {
      const next = restartInMs === null ? '' : `; starting it again in ${secondsOf(restartInMs)} s`;
      show.say(`${part} ended (${how})${next}`);
      if (restartInMs === null) record.ended(part);
    },
  };
}

const show = screen(process.stdout);
try {
  await start(readConfig(process.env), show);
} catch (error) {
  process.stderr.write(`coroner: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
