import { expect, it } from 'vitest';
import { settingsOf } from './settings.ts';

const known = ['CORONER_WATCH', 'CORONER_HOST', 'NATS_URL'];
const read = (text: string, environment: Record<string, string> = {}) =>
  settingsOf(known, environment, { path: '/etc/x.conf', text });

it('the environment goes over the file, and nothing over neither', () => {
  const text =
    '# comment\n\nCORONER_WATCH = "nginx, py*"\nNATS_URL=nats://a=b\r\nCORONER_HOST=web-3\n';
  expect(read(text, { CORONER_HOST: 'web-4', CORONER_WATCH: '' })).toEqual({
    CORONER_WATCH: 'nginx, py*',
    NATS_URL: 'nats://a=b',
    CORONER_HOST: 'web-4',
  });
});

it.each([
  ['CORONER_WACH=x', 'unknown key CORONER_WACH; is CORONER_WATCH meant?'],
  ['DATABASE_URL=secret', 'unknown key DATABASE_URL'],
  ['hunter2', 'not of the form NAME=value'],
  ['CORONER_HOST=a\nCORONER_HOST=b', 'CORONER_HOST is set twice'],
])('%j names the line: %s', (text, message) => {
  const line = text.split('\n').length;
  expect(() => read(text)).toThrow(`/etc/x.conf:${line}: ${message}`);
  expect(() => read(text)).not.toThrow(/secret|hunter2/);
});

it('refuses a variable that is one of ours mistyped, and no other', () => {
  expect(() => settingsOf(known, { CORONER_WACH: 'x' }, null)).toThrow(
    'unknown variable CORONER_WACH; is CORONER_WATCH meant?',
  );
  const others = { CORONER_HUB_SERVICE_HOST: '10.0.0.1', CORONER_API_URL: 'x' };
  expect(() => settingsOf(known, others, null)).not.toThrow();
});
