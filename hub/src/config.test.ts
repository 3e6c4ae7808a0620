import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const least = { DATABASE_URL: 'postgres://db', CORONER_API_TOKEN: 'secret' };

test('is closed by default: loopback, no TLS, no other web page', () => {
  expect(parseConfig(least)).toMatchObject({ listen: '127.0.0.1', tls: null, corsOrigins: [] });
});

test('takes origins, a rate and a certificate', () => {
  const config = parseConfig({
    ...least,
    CORONER_CORS_ORIGINS: 'https://ops.example.com, http://localhost:3000',
    CORONER_RATE_LIMIT: '5',
    CORONER_TLS_CERT: 'a.pem',
    CORONER_TLS_KEY: 'b.pem',
  });
  expect(config.corsOrigins).toEqual(['https://ops.example.com', 'http://localhost:3000']);
  expect(config).toMatchObject({ rateLimit: 5, tls: { cert: 'a.pem', key: 'b.pem' } });
});

test('keeps events for a season and deaths for a year, or all for ever', () => {
  expect(parseConfig(least).keep).toEqual({
    events: 90,
    deaths: 400,
    quarantine: 30,
    access: 90,
    deliveries: 30,
  });
  const forEver = { CORONER_KEEP_EVENTS_DAYS: '0', CORONER_KEEP_DEATHS_DAYS: '0' };
  expect(parseConfig({ ...least, ...forEver }).keep).toMatchObject({ events: 0, deaths: 0 });
});

test.each([
  [{ CORONER_TLS_CERT: 'a.pem' }, /CORONER_TLS_KEY belong together/],
  [{ CORONER_CORS_ORIGINS: '*' }, /CORONER_CORS_ORIGINS.*must be origins/],
  [{ CORONER_CORS_ORIGINS: 'https://ops.example.com/' }, /must be origins/],
  [{ CORONER_RATE_LIMIT: '-1' }, /CORONER_RATE_LIMIT/],
  [{ CORONER_KEEP_QUARANTINE_DAYS: '-1' }, /CORONER_KEEP_QUARANTINE_DAYS/],
  [{ CORONER_KEEP_EVENTS_DAYS: '500' }, /CORONER_KEEP_DEATHS_DAYS must be 0 or at least/],
  [{ CORONER_KEEP_EVENTS_DAYS: '0' }, /CORONER_KEEP_DEATHS_DAYS must be 0 or at least/],
])('%j is refused', (wrong, message) => {
  expect(() => parseConfig({ ...least, ...wrong })).toThrow(message);
});
