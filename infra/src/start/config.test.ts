import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('has defaults, and takes empty variables for unset ones', () => {
  expect(readConfig({ CORONER_API_PORT: '', NATS_URL: ' ' })).toMatchObject({
    apiPort: 7380,
    natsPort: 7322,
    postgresPort: 7332,
    listen: '127.0.0.1',
    natsUrl: null,
    slack: false,
  });
});

it('shows no part the secrets of another', () => {
  const { shared, slackEnvironment } = readConfig({
    PATH: '/bin',
    CORONER_WATCH: 'nginx',
    CORONER_API_TOKEN: 'secret',
    DATABASE_URL: 'postgres://secret',
    SLACK_BOT_TOKEN: 'xoxb-secret',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  expect(shared).toEqual({ PATH: '/bin', CORONER_WATCH: 'nginx' });
  expect(slackEnvironment).toEqual({ SLACK_BOT_TOKEN: 'xoxb-secret' });
});

it('names the variable that is wrong', () => {
  expect(() => readConfig({ CORONER_NATS_PORT: '70000' })).toThrow('CORONER_NATS_PORT');
});
