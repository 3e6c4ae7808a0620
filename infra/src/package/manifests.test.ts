import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { natsSettings } from '@coroner/schema/configuration/nats-address';
import { knownVariables } from '@coroner/schema/configuration/variables';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { projectRoot } from '../start/config.ts';

const infra = join(projectRoot, 'infra');
const read = (path: string): string => readFileSync(join(infra, path), 'utf8');
const known = [...knownVariables, ...Object.keys(natsSettings), 'NATS_URL', 'DATABASE_URL'];
const foreign = /^(?:SLACK_|POSTGRES_)/;

/** As in the unit: `CAP_BPF CAP_PERFMON …`. */
const ofUnit = /^CapabilityBoundingSet=(.*)$/m
  .exec(read('package/agent/coroner-agent.service'))?.[1]
  ?.split(' ')
  .map((name) => name.replace('CAP_', ''));

const kubernetes = parseAllDocuments(read('kubernetes/agent.yaml')).map((one) => one.toJS());
const container = kubernetes[1].spec.template.spec.containers[0];
const compose = parse(read('container/compose.yaml'));

it('every YAML file is well-formed, and says nothing twice', () => {
  const files = readdirSync(infra, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(?:kubernetes|container|ansible)\/.*\.ya?ml$/.test(name),
  );
  expect(files.length).toBeGreaterThan(4);
  for (const file of files)
    for (const { errors, warnings } of parseAllDocuments(read(file)))
      expect([file, ...errors, ...warnings]).toEqual([file]);
});

it('the agent has the same capabilities everywhere, and no other', () => {
  expect(ofUnit).toContain('BPF');
  expect(container.securityContext.capabilities).toEqual({ drop: ['ALL'], add: ofUnit });
  expect(container.securityContext.allowPrivilegeEscalation).toBe(false);
  expect(compose.services.agent.cap_drop).toEqual(['ALL']);
  expect(compose.services.agent.cap_add).toEqual(ofUnit);
});

it.each(['agent', 'hub', 'bot'])(
  'the unit of the %s leaves no core, and can be told to reload',
  (part) => {
    const unit = read(`package/${part}/coroner-${part}.service`);
    expect(unit).toMatch(/^LimitCORE=0$/m);
    expect(unit).toMatch(/^ExecReload=\/bin\/kill -HUP \$MAINPID$/m);
    expect(unit).toMatch(/^NoNewPrivileges=yes$/m);
  },
);

it('every setting of a manifest is one that the parts know', () => {
  const names = [
    ...container.env.map(({ name }: { name: string }) => name),
    ...Object.values<{ environment?: object }>(compose.services).flatMap(({ environment }) =>
      Object.keys(environment ?? {}),
    ),
    ...(read('ansible/roles/coroner_agent/tasks/main.yml').match(/^ +[A-Z_]+(?==)/gm) ?? []),
  ].map((name) => name.trim());
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !known.includes(name) && !foreign.test(name))).toEqual([]);
});

it.each(['agent', 'hub', 'bot'])('every setting in %s.conf is one of that part', (part) => {
  const names = read(`package/${part}/${part}.conf`).match(/^#?[A-Z_]+(?==)/gm) ?? [];
  const text = readFileSync(join(projectRoot, part, 'src/config.ts'), 'utf8');
  for (const name of names.map((one) => one.replace('#', '')))
    expect([name, text.includes(name) || name in natsSettings]).toEqual([name, true]);
});

it('every volume that is mounted is there', () => {
  const { volumes } = kubernetes[1].spec.template.spec;
  const mounted = container.volumeMounts.map(({ name }: { name: string }) => name).sort();
  expect(volumes.map(({ name }: { name: string }) => name).sort()).toEqual(mounted);
});
