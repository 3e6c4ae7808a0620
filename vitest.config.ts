import { defineConfig } from 'vitest/config';

/** For what hangs, on the slowest machine: no test measures speed. */
const patienceMs = { unit: 60_000, system: 600_000 };

/**
 * Real kernels and servers have bad moments on a loaded machine, and a property test finds something
 * once in a million: CI names it, and goes on.
 */
const retry = Number(process.env['CORONER_TEST_RETRIES'] ?? 0);

/** Real servers of their own, and nothing that a kernel has but once. */
const services = [
  'hub/src/**/*.system.test.ts',
  'agent/src/{following,publish}/*.system.test.ts',
  'test/src/{command-line,judge,monitoring,pages,slack}/**/*.system.test.ts',
  'test/src/chaos/*.system.test.ts',
];
const servicesAtOnce = 4;
/** What is made once: a Postgres and the database of a stack, which those of the tests are copies of. */
const prepare = {
  postgres: 'hub/src/testing/servers/prepare-postgres.ts',
  stack: 'test/src/stack/prepare-stack.ts',
};

/**
 * Three kinds of tests. `unit` needs no service, no privilege and runs in seconds (`npm run verify`).
 * The others use real parts: `services` Postgres and nats-server, several files at a time, since they
 * wait more than they work; `system` the kernel too, one file at a time: its audit, ring buffers and
 * cgroups are not divisible, and agents see each other's kills.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{schema,agent,hub,bot,infra,test}/src/**/*.test.ts'],
          exclude: ['**/*.system.test.ts', '**/node_modules/**'],
          retry,
          testTimeout: patienceMs.unit,
          hookTimeout: patienceMs.unit,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'services',
          include: services,
          maxWorkers: servicesAtOnce,
          globalSetup: prepare.postgres,
          retry,
          testTimeout: patienceMs.system,
          hookTimeout: patienceMs.system,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'system',
          include: ['{schema,agent,bot,infra,test}/src/**/*.system.test.ts'],
          exclude: [...services, '**/node_modules/**'],
          fileParallelism: false,
          globalSetup: [prepare.postgres, prepare.stack],
          retry,
          testTimeout: patienceMs.system,
          hookTimeout: patienceMs.system,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
