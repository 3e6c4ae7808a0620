import { defineConfig } from 'vitest/config';

/** For what hangs, on the slowest machine: no test measures speed. */
const patienceMs = { unit: 60_000, system: 600_000 };

/** Real kernels and servers have bad moments on a loaded machine; what is pure has none. */
const systemRetries = Number(process.env['CORONER_TEST_RETRIES'] ?? 0);

/**
 * Two kinds of tests. `unit` needs no service, no privilege and runs in seconds (`npm run verify`).
 * `system` uses the real kernel, Postgres and nats-server, one file at a time: they share one
 * kernel, and its audit, ring buffers and cgroups are not divisible.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{schema,agent,hub,bot,infra,test}/src/**/*.test.ts'],
          exclude: ['**/*.system.test.ts', '**/node_modules/**'],
          testTimeout: patienceMs.unit,
          hookTimeout: patienceMs.unit,
        },
      },
      {
        test: {
          name: 'system',
          include: ['{schema,agent,hub,bot,infra,test}/src/**/*.system.test.ts'],
          fileParallelism: false,
          retry: systemRetries,
          testTimeout: patienceMs.system,
          hookTimeout: patienceMs.system,
        },
      },
    ],
  },
});
