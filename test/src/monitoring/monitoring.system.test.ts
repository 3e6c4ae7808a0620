import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { ask } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { until } from '@coroner/hub/dist/testing/until.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readBy } from './promql.ts';

const run = promisify(execFile);
const pathOf = (name: string) => fileURLToPath(new URL(`../../../infra/${name}`, import.meta.url));
const rulesPath = pathOf('prometheus/coroner.rules.yaml');

interface Panel {
  targets?: { expr: string }[];
}
const dashboard = JSON.parse(readFileSync(pathOf('grafana/coroner.json'), 'utf8')) as {
  panels: Panel[];
};
const rules = parse(readFileSync(rulesPath, 'utf8')) as {
  groups: { rules: { alert: string; expr: string }[] }[];
};
const expressions = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
].map((expr) => expr.replaceAll('$__rate_interval', '5m'));

/** They come with the first of what they count. */
const lateSeries = [
  ['coroner_hub_deaths_total', 'cause'],
  ['coroner_hub_hosts', 'state'],
  ['coroner_hub_request_seconds_count', 'status'],
  ['coroner_hub_forgotten_rows_total', 'what'],
] as const;

/** Prometheus adds them to whatever it scrapes. */
const ofTheScrape = ['job', 'instance'];

let world: World;
let hub: HubProcess;
/** The labels of each metric that the hub has. */
let labelsOf: Map<string, Set<string>>;

beforeAll(async () => {
  world = await startWorld();
  // Something to forget, that its series is there.
  await world.pool.query(`
    insert into sign_in_links values ('c', 'n', '/', 't', now() - interval '91 days')`);
  hub = await startHubProcess(world.nats.url, world.databaseUrl);
  await world.agent.publish('web-3', [killed({ host: 'web-3' })]);
  await ask(hub.address, '/v1/deaths');
  labelsOf = await until(
    async () => read(await (await fetch(new URL('/metrics', hub.address))).text()),
    (all) => lateSeries.every(([metric, label]) => all.get(metric)?.has(label)),
  );
});
afterAll(async () => {
  await hub?.end('SIGTERM');
  await world?.stop();
});

/** A sample is a selector of PromQL, followed by its value; what has none yet is at least declared. */
function read(exposition: string): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const line of exposition.split('\n')) {
    const declared = /^# TYPE (\S+) /.exec(line)?.[1];
    if (declared && !all.has(declared)) all.set(declared, new Set());
    if (line === '' || line.startsWith('#')) continue;
    const [sample] = readBy(line.slice(0, line.lastIndexOf(' '))).selected;
    const known = all.get(sample?.metric ?? '') ?? new Set();
    all.set(sample?.metric ?? '', new Set([...known, ...(sample?.labels ?? [])]));
  }
  return all;
}

test('there is something to look at', () => {
  expect(expressions.length).toBeGreaterThan(30);
});

test.each(expressions)('%s reads what a hub has', (expression) => {
  const { selected, grouped } = readBy(expression);
  expect(selected).not.toEqual([]);
  const there = new Set(ofTheScrape);
  for (const { metric, labels } of selected) {
    expect([...labelsOf.keys()]).toContain(metric);
    const known = new Set([...(labelsOf.get(metric) ?? []), ...ofTheScrape]);
    expect(labels.filter((label) => !known.has(label))).toEqual([]);
    for (const label of known) there.add(label);
  }
  expect(grouped.filter((label) => !there.has(label))).toEqual([]);
});

test('the rules are right, and their tests pass', async () => {
  await run('promtool', ['check', 'rules', rulesPath]);
  await run('promtool', ['test', 'rules', pathOf('prometheus/coroner.rules.test.yaml')]);
});
