import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('prefers Socket Mode, and says what is missing for Slack', () => {
  expect(readConfig({})).toMatchObject({
    slack: null,
    slackMissing: expect.stringContaining('SLACK_BOT_TOKEN'),
  });
  const both = {
    SLACK_BOT_TOKEN: 'b',
    SLACK_APP_TOKEN: 'a',
    SLACK_SIGNING_SECRET: 's',
    PORT: '80',
  };
  expect(readConfig(both).slack?.inlet).toEqual({ mode: 'socket', appToken: 'a' });
  expect(readConfig({ ...both, SLACK_APP_TOKEN: ' ' }).slack?.inlet).toEqual({
    mode: 'http',
    listen: '127.0.0.1',
    signingSecret: 's',
    port: 80,
  });
});

it('names the variable that is wrong', () => {
  expect(() => readConfig({ PORT: 'http' })).toThrow(/PORT/);
  const slack = { SLACK_BOT_TOKEN: 'b', SLACK_APP_TOKEN: 'a' };
  expect(() => readConfig({ ...slack, CORONER_DIGEST_DAILY: '9 o’clock' })).toThrow(
    /CORONER_DIGEST_DAILY: "9 o’clock" is no schedule/,
  );
  expect(() => readConfig({ ...slack, CORONER_DIGEST_ZONE: 'Berlin' })).toThrow(
    /CORONER_DIGEST_ZONE/,
  );
});
