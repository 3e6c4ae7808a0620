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

test.each([
  [{ CORONER_TLS_CERT: 'a.pem' }, /CORONER_TLS_KEY belong together/],
  [{ CORONER_CORS_ORIGINS: '*' }, /CORONER_CORS_ORIGINS.*must be origins/],
  [{ CORONER_CORS_ORIGINS: 'https://ops.example.com/' }, /must be origins/],
  [{ CORONER_RATE_LIMIT: '-1' }, /CORONER_RATE_LIMIT/],
])('%j is refused', (wrong, message) => {
  expect(() => parseConfig({ ...least, ...wrong })).toThrow(message);
});
