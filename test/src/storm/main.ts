import { runBarrage, type SignalCost } from './barrage.ts';
import { runStorm } from './storm.ts';

/**
 * `npm run storm`: every death of two cores of fork and kill is recorded, or counted as lost, while
 * the agent is killed once; then what a signal costs that nobody heeds, flat out. `-- barrage`: that
 * alone. Exit status 1 when one is missing beyond what was counted.
 */
const nsPerSecond = 1e9;
const defaultSeconds = '60';
const seconds = Number(process.env['CORONER_STORM_SECONDS'] ?? defaultSeconds);
if (!(seconds > 0)) throw new Error('CORONER_STORM_SECONDS must be a number of seconds above 0');

const say = (what: string, figure: string) =>
  process.stdout.write(`${what.padEnd(34)} ${figure}\n`);
if (!process.argv.includes('barrage')) await storm();
await barrage();

async function storm(): Promise<void> {
  const { caused, recorded, withoutSender, lost, peakRssMb, agentCpuPercent } =
    await runStorm(seconds);
  say('deaths caused', `${caused} (${Math.round(caused / seconds)}/s)`);
  say(
    'recorded',
    `${recorded} (${((100 * recorded) / caused).toFixed(2)} %; ${withoutSender} without their sender)`,
  );
  say('lost and counted', `${lost}`);
  say('agent, processor', `${agentCpuPercent.toFixed(0)} % of a core`);
  say('agent, RSS at its peak', `${peakRssMb.toFixed(0)} MB`);
  const missing = caused - recorded - lost;
  if (missing > 0) {
    say('missing', `${missing}`);
    process.exitCode = 1;
  }
}

async function barrage(): Promise<void> {
  const { flat, distinct, sent, counted, flatSent, flatNamed } = await runBarrage();
  cost('equal signals', flat);
  cost('distinct signals', distinct);
  say('signals accounted for', `${counted} of ${sent}`);
  say('equal ones told with their sender', `${flatNamed} of ${flatSent}`);
  if (counted < sent) process.exitCode = 1;
}

function cost(name: string, { nsWithout, nsWith }: SignalCost): void {
  const slower = `${(nsWith / nsWithout).toFixed(2)}×`;
  say(`${name}, each`, `${nsWithout} ns, with the agent ${nsWith} ns (${slower})`);
  say(`${name}, a second`, `${Math.round(nsPerSecond / nsWith)}`);
}
