import { runChaos } from './chaos.ts';

/**
 * `npm run chaos`: kill -9 and SIGSTOP of agent, hubs, bot, nats-server and Postgres at random while
 * events and incidents are under way, with restarts, a Postgres that takes no writes, messages that make
 * no sense and a consumer that does not read; then every event must be stored once, every incident have
 * one card. CORONER_CHAOS_SEED repeats a run. Exit status 1 when something is lost or twice.
 */
const { env } = process;
const seed = Number(env['CORONER_CHAOS_SEED'] ?? Date.now() % 1_000_000);
const events = Number(env['CORONER_CHAOS_EVENTS'] ?? 1_000_000);
const faults = Number(env['CORONER_CHAOS_FAULTS'] ?? 100);
const startedMs = performance.now();
const say = (text: string) => process.stdout.write(`${text}\n`);

say(`seed ${seed}: ${events} events, ${faults} faults`);
const all = await runChaos({
  seed,
  events,
  faults,
  onFault: ({ target, kind, ms }, { generated, stored: now }) =>
    say(`${kind} of ${target}, ${ms} ms away; ${generated} made, ${now} stored`),
});
const { stored, lost, duplicated, dropped, untold, toldTwice } = all;
say(`${stored} stored after ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
say(`lost ${lost.length}${someOf(lost)}; duplicated ${duplicated}; dropped and told ${dropped}`);
say(
  `${all.incidents} incidents: ${untold.length} without a card${someOf(untold)}, ${toldTwice} cards too many`,
);
say(`${all.poisoned} messages that make no sense: ${all.quarantined} in quarantine`);
const wrong = lost.length + duplicated + untold.length + toldTwice + all.poisoned - all.quarantined;
if (wrong !== 0) process.exitCode = 1;

function someOf(numbers: readonly number[]): string {
  return numbers.length > 0 ? ` (${numbers.slice(0, 20).join(', ')})` : '';
}
