import { runChaos } from './chaos.ts';

/**
 * `npm run chaos`: kill -9 and SIGSTOP of agent, hub, nats-server and Postgres at random while events
 * are under way; then every event must be stored, once. CORONER_CHAOS_SEED repeats a run. Exit
 * status 1 when one is lost or stored twice.
 */
const { env } = process;
const seed = Number(env['CORONER_CHAOS_SEED'] ?? Date.now() % 1_000_000);
const events = Number(env['CORONER_CHAOS_EVENTS'] ?? 1_000_000);
const faults = Number(env['CORONER_CHAOS_FAULTS'] ?? 100);
const startedMs = performance.now();
const say = (text: string) => process.stdout.write(`${text}\n`);

say(`seed ${seed}: ${events} events, ${faults} faults`);
const { stored, lost, duplicated, dropped } = await runChaos({
  seed,
  events,
  faults,
  onFault: ({ target, kind, ms }, { generated, stored: now }) =>
    say(`${kind} of ${target}, ${ms} ms away; ${generated} made, ${now} stored`),
});
say(`${stored} stored after ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
say(`lost ${lost.length}${lost.length > 0 ? ` (${lost.slice(0, 20).join(', ')})` : ''}`);
say(`duplicated ${duplicated}`);
say(`dropped and told ${dropped}`);
if (lost.length > 0 || duplicated > 0) process.exitCode = 1;
