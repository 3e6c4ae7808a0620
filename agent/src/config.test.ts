import { expect, it } from 'vitest';
import { agentConfig } from './config.ts';

it('has a value for everything', () => {
  expect(agentConfig({})).toMatchObject({
    natsUrl: 'nats://127.0.0.1:7322',
    watch: [],
    shortLivedMs: 10_000,
    backfillDays: 7,
    shellHistory: false,
    logLevel: 'info',
  });
  expect(agentConfig({}).stateDir).toMatch(/\/\.coroner\/agent$/);
});

it('takes what the environment says; what is empty says nothing', () => {
  const config = agentConfig({
    CORONER_HOST: 'web-3',
    CORONER_STATE_DIR: '/var/lib/coroner',
    CORONER_WATCH: 'nginx, py*,',
    CORONER_LABELS: 'role=web, env = prod,',
    CORONER_SHORT_LIVED_MS: '0',
    CORONER_LOG_LEVEL: '',
    NATS_URL: 'nats://a:b@n1:1',
  });
  expect(config).toMatchObject({
    host: 'web-3',
    stateDir: '/var/lib/coroner/agent',
    watch: ['nginx', 'py*'],
    labels: { role: 'web', env: 'prod' },
    shortLivedMs: 0,
    logLevel: 'info',
    natsUrl: 'nats://a:b@n1:1',
  });
});

it.each([
  [undefined, null],
  ['none', []],
  ['USR1, SIGWINCH,40', [10, 28, 40]],
])('signals that are noise: %s', (value, numbers) => {
  expect(agentConfig({ CORONER_NOISE_SIGNALS: value }).noiseSignals).toEqual(numbers);
});

it.each([
  ['CORONER_SHORT_LIVED_MS', 'soon'],
  ['CORONER_SHORT_LIVED_MS', '-1'],
  ['CORONER_LOG_LEVEL', 'loud'],
  ['CORONER_WATCH', 'nginx,unit:'],
  ['CORONER_WATCH', 'cgroup: '],
  ['CORONER_LABELS', 'web'],
  ['CORONER_LABELS', 'ro le=web'],
  ['CORONER_LABELS', 'role='],
  ['CORONER_SPOOL_MAX_BYTES', '10'],
  ['CORONER_RING_MIB', '3'],
  ['CORONER_NATS_PORT', 'x'],
  ['CORONER_BACKFILL_DAYS', '1000'],
  ['CORONER_SHELL_HISTORY', 'yes'],
  ['CORONER_KEEP_RECORDING', 'maybe'],
  ['CORONER_NOISE_SIGNALS', 'USR1,NOPE'],
  ['CORONER_NOISE_SIGNALS', 'TERM'],
])('names %s when it is %s', (name, value) => {
  expect(() => agentConfig({ [name]: value })).toThrow(new RegExp(`^configuration: ${name}: `));
});
