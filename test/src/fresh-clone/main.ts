import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGone } from '../stack/process.ts';
import { projectRoot } from '../stack/stack.ts';
import { until } from '../stack/until.ts';

/**
 * Journey 9, `npm run fresh-clone`: a clone of the last commit in an empty folder with an empty npm
 * cache; `npm start`, a kill, `npx coroner why`, Ctrl-C. With `--tests` also `npm test`.
 */
const startPatienceMs = 600_000;
const place = mkdtempSync(join(tmpdir(), 'coroner-fresh-'));
const clone = join(place, 'coroner');
const env = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  npm_config_cache: join(place, 'npm-cache'),
  CORONER_API_PORT: '0',
  CORONER_NATS_PORT: '0',
  CORONER_POSTGRES_PORT: '0',
};
const began = performance.now();
const say = (text: string) => {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${seconds.padStart(6)} s  ${text}\n`);
};

/** Runs a command in the clone to its end; its output. Throws on another exit status than these. */
function run(command: string, args: string[], cwd = clone, mayEndWith = [0]): string {
  const ended = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (mayEndWith.includes(ended.status ?? -1)) return ended.stdout;
  throw new Error(`${command} ${args.join(' ')}: ${ended.stdout}${ended.stderr}`);
}

async function startAndAsk(): Promise<void> {
  const npm = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  npm.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<number | null>((resolve) => npm.once('exit', resolve));
  try {
    await until(
      'npm start is ready',
      () => {
        if (npm.exitCode !== null) throw new Error(`npm start ended:\n${output}`);
        return output.includes('coroner: ready');
      },
      startPatienceMs,
    );
    say('npm start is ready');
    process.stdout.write(output.replaceAll(/^(?=.)/gm, '          | '));
    const sleeper = spawn('sleep', ['1000']);
    await new Promise((resolve) => sleeper.once('spawn', resolve));
    run('kill', ['-9', `${sleeper.pid}`]);
    const sentence = await until('an answer', () => {
      const asked = spawnSync('npx', ['coroner', 'why', 'sleep', '--pid', `${sleeper.pid}`], {
        cwd: clone,
        env,
        encoding: 'utf8',
      });
      return asked.status === 0 && asked.stdout.split('\n')[0];
    });
    say(`the first answer: ${sentence}`);
    if (!sentence.includes('was killed with SIGKILL')) throw new Error('that is not the answer');
  } finally {
    const pids = pidsOfRun();
    npm.kill('SIGINT');
    await ended;
    const left = pids.filter((pid) => !isGone(pid));
    if (left.length > 0) process.exitCode = 1;
    say(left.length > 0 ? `left over: ${left.join(', ')}` : 'Ctrl-C left no process');
  }
}

function pidsOfRun(): number[] {
  try {
    const text = readFileSync(join(clone, '.coroner/run.json'), 'utf8');
    return Object.values((JSON.parse(text) as { pids: Record<string, number> }).pids);
  } catch {
    // It never became ready; the reason is on its way up.
    return [];
  }
}

try {
  run('git', ['clone', '--quiet', projectRoot, clone], place);
  say('cloned');
  await startAndAsk();
  // 1: not every source of evidence is on this host.
  const doctor = run('npx', ['coroner-agent', 'doctor'], clone, [0, 1]);
  say(`npx coroner-agent doctor: ${doctor.split('\n')[0]}`);
  if (process.argv.includes('--tests')) {
    run('npm', ['test']);
    say('npm test passes');
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
