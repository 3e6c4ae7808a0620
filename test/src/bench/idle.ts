import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../stack/until.ts';
import { collectors, type Missing, missingNotes, startOr } from './collectors/all.ts';
import { bundledAgent } from './collectors/bundled-agent.ts';
import type { Collector, Running } from './collectors/collector.ts';
import { cpuMsOf, memoryOf } from './cost.ts';
import { megabytes, percent } from './figures.ts';
import type { Bench, Part } from './part.ts';

/** What was given back is fetched again within the first minute, by whoever needs it. */
const quietMs = 120_000;
const mostRssMb = 60;
const mostCpu = 0.001;
const calmWithinMs = 60_000;

export const idle: Part = {
  summary: 'memory and processor time while nothing happens',
  async run({ report, scale, say }: Bench) {
    const agent = bundledAgent();
    const missing: Missing = new Map();
    const started: { name: string; running: Running }[] = [];
    const ms = quietMs * scale;
    const all = [...collectors(agent.program), bareNode];
    try {
      for (const collector of all) {
        say(`starting ${collector.name}`);
        const running = await startOr(missing, collector);
        if (running) started.push({ name: collector.name, running });
      }
      const own = started[0]?.running;
      if (own?.pids[0] === undefined || missing.has(all[0]?.name ?? ''))
        throw new Error(`Coroner's agent did not run: ${[...missing.values()][0]}`);
      say('waiting until the agent has given back what its start needed');
      await until(
        `RSS of at most ${mostRssMb} MB`,
        () => memoryOf(own.pids).rssMb <= mostRssMb,
        calmWithinMs,
      ).catch((error: Error) => say(error.message));
      say(`${ms / 1000} s of quiet`);
      const before = started.map(({ running }) => cpuMsOf(running.pids));
      const began = performance.now();
      await sleep(ms);
      const took = performance.now() - began;
      const found = started.map(({ name, running }, index) => ({
        name,
        cpu: (cpuMsOf(running.pids) - (before[index] ?? 0)) / took,
        ...memoryOf(running.pids),
      }));
      report.table({
        title: 'Idle',
        notes: [
          `All at once over ${ms / 1000} s: what else happens on this host happens to all of them.`,
          ...missingNotes(missing),
        ],
        head: ['collector', 'RSS', 'PSS', 'CPU of a core'],
        rows: found.map(({ name, rssMb, pssMb, cpu }) => [
          name,
          megabytes(rssMb),
          megabytes(pssMb),
          percent(cpu),
        ]),
      });
      const [{ rssMb = Number.NaN, cpu = Number.NaN } = {}] = found;
      report.target({
        what: 'agent idle, RSS',
        wanted: `≤ ${mostRssMb} MB`,
        got: megabytes(rssMb),
        reached: rssMb <= mostRssMb,
      });
      report.target({
        what: 'agent idle, CPU',
        wanted: `≤ ${percent(mostCpu)}`,
        got: percent(cpu),
        reached: cpu <= mostCpu,
      });
    } finally {
      for (const { running } of started.reverse()) await running.stop([]);
      agent.remove();
    }
  },
};

/** What any program in Node takes. */
const bareNode: Collector = {
  name: 'bare Node, which records nothing',
  async start() {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      stdio: 'ignore',
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return {
      pids: [child.pid as number],
      async stop() {
        child.kill('SIGTERM');
        await ended;
        return { named: [], unnamed: 0 };
      },
    };
  },
};
