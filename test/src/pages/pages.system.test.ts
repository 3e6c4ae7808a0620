import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StoredApi, startStoredApi } from '@coroner/hub/dist/testing/stored-api.js';
import type { DeathDetail } from '@coroner/schema/http/death-detail';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBrowser, type TestBrowser, type Visitor } from './browser.ts';
import { fill, hostile } from './fleet.ts';

const token = 'secret-of-this-test';
/** Where pictures of every page stay, to be looked at; a folder that goes with the test without it. */
const kept = process.env['CORONER_TEST_PICTURES'];

let world: StoredApi;
let browser: TestBrowser;
let hub: string;
let paths: Record<'fleet' | 'kill' | 'oom' | 'incident' | 'host' | 'search', string>;
let evil: string[];

beforeAll(async () => {
  [world, browser] = await Promise.all([startStoredApi(), startBrowser()]);
  const { oom, kill } = await fill(world, Date.now());
  await world.api.listen({ host: '127.0.0.1', port: 0 });
  hub = `http://127.0.0.1:${(world.api.server.address() as AddressInfo).port}`;
  const { body } = await world.get<DeathDetail>(`/v1/deaths/${kill}`);
  const day = new Date().toISOString().slice(0, 10);
  const incident = `/incidents/${body.related.incidentId}`;
  paths = {
    ...{ fleet: '/', kill: `/deaths/${kill}`, oom: `/deaths/${oom}`, incident },
    ...{ host: `/hosts/web-1?day=${day}`, search: '/search?q=nginx' },
  };
  const { body: deaths } = await world.get<{ items: { id: string; incidentId: string }[] }>(
    '/v1/deaths?host=evil-1',
  );
  evil = [
    `/hosts/evil-1?day=${day}`,
    ...deaths.items.flatMap(({ id, incidentId }) => [`/deaths/${id}`, `/incidents/${incidentId}`]),
    ...hostile.flatMap((text) => [
      `/search?q=${encodeURIComponent(text)}`,
      `/hosts/${encodeURIComponent(text)}`,
      `/sign-in?to=${encodeURIComponent(text)}`,
      `/sign-in/${encodeURIComponent(text)}`,
    ]),
  ];
});
afterAll(async () => {
  await browser?.stop();
  await world?.stop();
});

async function signedIn(more: Parameters<TestBrowser['visit']>[0] = {}): Promise<Visitor> {
  const visitor = await browser.visit(more);
  await visitor.context.addCookies([{ name: 'coroner', value: token, url: hub }]);
  return visitor;
}

test('a visitor signs in with a token, comes back to the page, and out again', async () => {
  const { page, context, said } = await browser.visit();
  await page.goto(hub + paths.kill);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await page.fill('input[name=token]', 'wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('not known');
  await page.fill('input[name=token]', token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: /Why nginx died on web-1/ }).waitFor();
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(hub + paths.fleet);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(said.filter((line) => !line.includes('401'))).toEqual([]);
  await context.close();
});

test('a link from Slack signs one person in, once, and a preview of it uses nothing up', async () => {
  const name = `alice ${hostile[1]}`;
  const { body } = await world.post<{ path: string }>('/v1/sign-in-links', {
    ...{ name, path: paths.incident },
  });
  expect((await fetch(hub + body.path)).status).toBe(200);
  const { page, context, said } = await browser.visit();
  await page.goto(hub + body.path);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(hub + paths.incident);
  expect(await page.locator('header .leave').textContent()).toContain(name);
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(said).toEqual([]);
  await context.close();
  const other = await browser.visit();
  await other.page.goto(hub + body.path);
  await other.page.getByRole('button', { name: 'Sign in' }).click();
  expect(await other.page.getByRole('alert').textContent()).toContain('used before');
  await other.context.close();
});

describe('without a script', () => {
  test.each<[keyof typeof paths, RegExp[]]>([
    [
      'fleet',
      [
        /deaths in the last day/,
        /web-1/,
        /signal-from-process/,
        /12 processes/,
        /What is different/,
      ],
    ],
    ['kill', [/was killed with SIGKILL/, /pkill -9 -f python/, /alice/, /proven/, /Evidence/]],
    ['oom', [/java/, /oom-cgroup/, /Memory before it/, /Evidence/]],
    ['incident', [/Who, and from where/, /10\.0\.0\.5/, /cleanup/, /ring overrun/, /web-4/]],
    ['host', [/web-1/, /login of alice/, /cleanup/, /was killed/]],
    ['search', [/things found for “nginx”/, /nginx/]],
  ])('%s reads in full', async (name, expected) => {
    const { page, context } = await signedIn({ javaScriptEnabled: false });
    await page.goto(hub + paths[name]);
    const text = await page.locator('main').textContent();
    for (const part of expected) expect(text).toMatch(part);
    expect(await page.locator('h1').count()).toBe(1);
    await context.close();
  });
});

test('charts are drawn by the hub, and zoom where scripts run', async () => {
  const { page, context, said } = await signedIn();
  for (const path of [paths.fleet, paths.oom, paths.incident, paths.host]) {
    await page.goto(hub + path);
    const figure = page.locator('figure.chart').first();
    expect(await figure.locator('svg[role=img]').getAttribute('aria-label')).toMatch(/\d/);
    await figure.getByRole('button', { name: 'Zoom' }).click();
    await figure.locator('.uplot canvas').waitFor();
  }
  expect(said).toEqual([]);
  await context.close();
});

test('the keyboard reaches the content, every link shows its focus', async () => {
  const { page, context } = await signedIn();
  await page.goto(hub + paths.incident);
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('main');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe(
    'solid',
  );
  const unnamed = await page.locator('a, button, input').evaluateAll(
    (elements) =>
      elements.filter((one) => {
        const named = one as unknown as { labels?: object[]; textContent: string };
        return !named.textContent.trim() && !named.labels?.length;
      }).length,
  );
  expect(unnamed).toBe(0);
  await context.close();
});

test('names that attack stay text, on every page', async () => {
  const { page, context, said } = await signedIn();
  for (const path of [...evil, paths.fleet, paths.oom]) {
    await page.goto(hub + path);
    const found = await page.evaluate(
      `({
        pwned: window.pwned,
        scripts: document.querySelectorAll('script').length,
        strangers: document.querySelectorAll('img, iframe, object, [onerror], [onload], [onfocus], main h1 ~ h1').length,
        links: [...document.querySelectorAll('a')].filter((a) => a.protocol !== 'http:').length,
      })`,
    );
    expect([path, found]).toEqual([path, { scripts: 2, strangers: 0, links: 0 }]);
  }
  expect(said.filter((line) => !line.includes('404'))).toEqual([]);
  await context.close();
});

test('the cookie opens pages and nothing of the API, and no form of another site works', async () => {
  const headers = { cookie: `coroner=${token}` };
  expect((await fetch(`${hub}/v1/deaths`, { headers })).status).toBe(401);
  const page = await fetch(hub, { headers });
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const form = {
    method: 'POST',
    body: new URLSearchParams({ token }),
    redirect: 'manual',
  } as const;
  const elsewhere = { 'sec-fetch-site': 'cross-site' };
  const forged = await fetch(`${hub}/sign-in`, { ...form, headers: elsewhere });
  expect([forged.status, forged.headers.get('set-cookie')]).toEqual([403, null]);
  for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:1']) {
    const body = new URLSearchParams({ token, to });
    const response = await fetch(`${hub}/sign-in`, { ...form, body });
    expect([to, response.headers.get('location')]).toEqual([to, '/']);
  }
});

test('every page is drawn in the colours that the visitor prefers', async () => {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'coroner-pictures-')));
  const drawn: Record<string, string[]> = {};
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, context } = await signedIn({ colorScheme });
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(hub + path);
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
      const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      drawn[colorScheme] = [...(drawn[colorScheme] ?? []), colour];
    }
    await context.close();
  }
  if (kept === undefined) await rm(folder, { recursive: true });
  const [light, dark] = [new Set(drawn['light']), new Set(drawn['dark'])];
  expect([light.size, dark.size]).toEqual([1, 1]);
  expect([...light]).not.toEqual([...dark]);
});
