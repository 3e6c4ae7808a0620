import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../start/config.ts';

/** A file or folder of the package: where it comes from, where it goes to. */
interface Content {
  readonly from: string;
  /** Path on the host, without the leading slash. */
  readonly to: string;
  readonly mode?: number;
}

/** One part of Coroner as a package of its own. */
export interface PackagedPart {
  /** Name of the package and of its unit. */
  readonly name: string;
  readonly summary: string;
  readonly compiled: string;
  readonly programs: readonly string[];
  readonly external: readonly string[];
  readonly depends: readonly string[];
  /** Programs that print a page for man(1), `coroner-agent.8`, at `man-page`. */
  readonly manuals: readonly { readonly program: string; readonly page: string }[];
  /** Whether it holds machine code. */
  readonly architecture: 'any' | 'all';
  readonly contents: readonly Content[];
  /** Files that an administrator changes: an upgrade keeps them. */
  readonly configuration: readonly string[];
  /** Folder with the scripts of the package (deb-postinst(5)). */
  readonly scripts: string;
}

export const executable = 0o755;
const ownerOnly = 0o600;
const node = 'nodejs (>= 20)';
const fromRoot = (path: string): string => join(projectRoot, path);
const ours = (name: string, file: string): string => fromRoot(`infra/package/${name}/${file}`);

const unitOf = (name: string): Content => ({
  from: ours(name, `coroner-${name}.service`),
  to: `usr/lib/systemd/system/coroner-${name}.service`,
});
const configurationOf = (name: string): Content => ({
  from: ours(name, `${name}.conf`),
  to: `etc/coroner/${name}.conf`,
  mode: ownerOnly,
});
const command = (name: string, file: string): Content => ({
  from: ours(name, file),
  to: `usr/bin/${file}`,
  mode: executable,
});

/** Of what koffi's package holds, what runs; its sources and documentation stay out. */
const koffi = (): Content[] => {
  const binary = `node_modules/@koromix/koffi-linux-${process.arch}`;
  if (!existsSync(fromRoot(binary)))
    throw new Error(`koffi has no binary for linux-${process.arch}: ${binary} is missing`);
  const files = ['package.json', 'LICENSE.txt', 'index.js', 'src/koffi/index.js'];
  return [
    ...[...files, 'src/koffi/src/static.js'].map((file) => `node_modules/koffi/${file}`),
    ...['package.json', 'index.js', `linux_${process.arch}`].map((file) => `${binary}/${file}`),
  ].map((path) => ({ from: fromRoot(path), to: `usr/lib/coroner-agent/${path}` }));
};

const agent = (): PackagedPart => ({
  name: 'coroner-agent',
  summary: 'records on this host why processes die, and ships it',
  compiled: fromRoot('agent/dist'),
  programs: [fromRoot('agent/bin/coroner-agent.js')],
  external: ['koffi'],
  depends: [node, 'libbpf1'],
  manuals: [{ program: fromRoot('agent/bin/coroner-agent.js'), page: 'coroner-agent.8' }],
  architecture: 'any',
  contents: [
    { from: fromRoot('agent/probe/probe.bpf.o'), to: 'usr/lib/coroner-agent/probe/probe.bpf.o' },
    ...koffi(),
    unitOf('agent'),
    configurationOf('agent'),
    command('agent', 'coroner-agent'),
    {
      from: ours('agent', 'protection.conf'),
      to: 'usr/share/doc/coroner-agent/examples/protection.conf',
    },
    {
      from: fromRoot('infra/audit/coroner.rules'),
      to: 'usr/share/doc/coroner-agent/examples/coroner.rules',
    },
  ],
  configuration: ['etc/coroner/agent.conf'],
  scripts: fromRoot('infra/package/agent'),
});

/** What a module of the hub's bundle reads from its own folder. */
function besideModule(module: string, name: string): Content {
  const search = createRequire(fromRoot('hub/package.json')).resolve.paths(module) ?? [];
  const from = search.map((folder) => join(folder, module, name)).find((path) => existsSync(path));
  if (!from) throw new Error(`${module} has no ${name}: has it been installed?`);
  return { from, to: `usr/lib/coroner-hub/node_modules/${module}/${name}` };
}

const schema = 'usr/lib/coroner-hub/node_modules/@coroner/schema';
const hub = (): PackagedPart => ({
  name: 'coroner-hub',
  summary: 'stores the evidence of a fleet and answers why a process died',
  compiled: fromRoot('hub/dist'),
  programs: [fromRoot('hub/bin/coroner-hub.js')],
  external: [],
  depends: [node, 'adduser'],
  manuals: [],
  architecture: 'all',
  contents: [
    // The migrations are found beside the compiled schema.
    { from: fromRoot('schema/package.json'), to: `${schema}/package.json` },
    { from: fromRoot('schema/dist/identity.js'), to: `${schema}/dist/identity.js` },
    { from: fromRoot('schema/migrations'), to: `${schema}/migrations` },
    besideModule('@fastify/swagger-ui', 'static'),
    besideModule('@fastify/swagger', 'package.json'),
    // Its pages, and the library of their charts (hub/src/pages/assets.ts).
    { from: fromRoot('hub/assets'), to: 'usr/lib/coroner-hub/assets' },
    ...['package.json', 'dist/uPlot.min.css', 'dist/uPlot.iife.min.js'].map((name) =>
      besideModule('uplot', name),
    ),
    // What its pictures are drawn with (hub/src/pages/pictures).
    ...['package.json', 'index_bg.wasm'].map((name) => besideModule('@resvg/resvg-wasm', name)),
    ...['package.json', 'ttf/DejaVuSansCondensed.ttf', 'LICENSE'].map((name) =>
      besideModule('dejavu-fonts-ttf', name),
    ),
    unitOf('hub'),
    configurationOf('hub'),
  ],
  configuration: ['etc/coroner/hub.conf'],
  scripts: fromRoot('infra/package/hub'),
});

const bot = (): PackagedPart => ({
  name: 'coroner-bot',
  summary: 'answers in Slack and on the terminal why a process died',
  compiled: fromRoot('bot/dist'),
  programs: [fromRoot('bot/bin/coroner-bot.js'), fromRoot('bot/bin/coroner.js')],
  external: [],
  depends: [node, 'adduser'],
  manuals: [{ program: fromRoot('bot/bin/coroner.js'), page: 'coroner.1' }],
  architecture: 'all',
  contents: [unitOf('bot'), configurationOf('bot'), command('bot', 'coroner')],
  configuration: ['etc/coroner/bot.conf'],
  scripts: fromRoot('infra/package/bot'),
});

export const packagedParts = { agent, hub, bot } as const;
