import { commandLine } from './options.ts';
import { type Parse, type Requested, targetsOf } from './request.ts';

/** systemctl(1): options that take a value. */
const valued: ReadonlySet<string> = new Set([
  ...[
    '-t',
    '--type',
    '-s',
    '--signal',
    '-p',
    '--property',
    '-P',
    '-o',
    '--output',
    '-n',
    '--lines',
  ],
  ...['-M', '--machine', '-H', '--host', '-C', '--capsule', '--state', '--kill-whom', '--kill-who'],
  ...['--kill-value', '--job-mode', '--root', '--image', '--what', '--when', '--message'],
  ...['--check-inhibitors', '--preset-mode', '--timestamp', '--drop-in', '--reboot-argument'],
]);

const ending: ReadonlySet<string> = new Set([
  ...['stop', 'restart', 'try-restart', 'condrestart', 'condstop', 'force-reload', 'kill'],
  ...['reload-or-restart', 'reload-or-try-restart', 'try-reload-or-restart', 'isolate'],
]);
/** With --now they stop what they turn off. */
const turningOff: ReadonlySet<string> = new Set(['disable', 'mask']);
/** What isolates a target of that name. */
const modes: ReadonlySet<string> = new Set(['default', 'rescue', 'emergency']);
const ofHost: ReadonlySet<string> = new Set(['halt', 'poweroff', 'reboot', 'kexec', 'soft-reboot']);
const unitTypes = /\.(?:service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/;

/** A unit as systemd calls it: `nginx` is `nginx.service`. */
export const unitName = (typed: string): string =>
  unitTypes.test(typed) ? typed : `${typed}.service`;

const units = (words: readonly string[]): string[] => targetsOf(words).map(unitName);

/** systemctl; what it asks of another machine is nothing that happens here. */
export const systemctl: Parse = (args) => {
  const line = commandLine(args, valued);
  const [verb = '', ...names] = line.words;
  if (
    line.has('-H', '--host', '-M', '--machine', '-C', '--capsule', '--root', '--image', '--dry-run')
  )
    return null;
  const host = hostAction(verb, names);
  if (host) return { of: 'host', action: host, targets: [] };
  const wanted = ending.has(verb) || (turningOff.has(verb) && line.has('--now'));
  if (modes.has(verb) ? names.length > 0 : !wanted || names.length === 0) return null;
  return {
    of: 'unit',
    action: verb,
    targets: modes.has(verb) ? [`${verb}.target`] : units(names),
    ...(line.has('--user') ? { ofUser: true } : {}),
    ...(line.has('--no-block') || modes.has(verb) ? {} : { waits: true }),
  };
};

/** `start reboot.target` is what `reboot` does. */
function hostAction(verb: string, [name = '']: readonly string[]): string | null {
  if (ofHost.has(verb)) return verb;
  const target = name.replace(/\.target$/, '');
  return (verb === 'start' || verb === 'isolate') && target !== name && ofHost.has(target)
    ? target
    : null;
}

const serviceVerbs: ReadonlySet<string> = new Set([
  ...[
    'stop',
    'restart',
    'force-reload',
    'condrestart',
    'try-restart',
    'force-stop',
    'full-restart',
  ],
]);

/** service(8), invoke-rc.d(8): name, then what to do with it. */
export const service: Parse = (args) => {
  const [name, verb = ''] = args.filter((word) => !word.startsWith('-'));
  return name === undefined ? null : ofScript(name, [verb]);
};

/** A script of /etc/init.d: what to do with the service that it is called after. */
export function ofScript(name: string, [verb = '']: readonly string[]): Requested | null {
  if (!serviceVerbs.has(verb)) return null;
  return { of: 'unit', action: verb, targets: units([name]), waits: true };
}

/** loginctl(1): a session is a unit of its own. */
export const loginctl: Parse = (args) => {
  const { words } = commandLine(args, new Set(['-s', '--signal', '--kill-whom', '-H', '--host']));
  const [verb = '', ...sessions] = words;
  if (!/^(?:terminate|kill)-session$/.test(verb) || sessions.length === 0) return null;
  const scopes = targetsOf(sessions).map((session) => `session-${session}.scope`);
  return { of: 'unit', action: verb, targets: scopes };
};

const managerMethods: Readonly<Record<string, string>> = {
  StopUnit: 'stop',
  RestartUnit: 'restart',
  TryRestartUnit: 'try-restart',
  ReloadOrRestartUnit: 'reload-or-restart',
  ReloadOrTryRestartUnit: 'reload-or-try-restart',
  KillUnit: 'kill',
};
const hostMethods: Readonly<Record<string, string>> = {
  PowerOff: 'poweroff',
  Reboot: 'reboot',
  Halt: 'halt',
  KExec: 'kexec',
};

/** busctl(1): `call org.freedesktop.systemd1 OBJECT INTERFACE StopUnit ss NAME MODE`. */
export const busctl: Parse = (args) => {
  const valuedHere = new Set(['-M', '--machine', '-H', '--host', '--timeout', '--address']);
  const line = commandLine(args, valuedHere);
  const [verb, service, , , method = '', , name] = line.words;
  if (verb !== 'call' || line.has('-H', '--host', '-M', '--machine')) return null;
  const host = Object.hasOwn(hostMethods, method) ? hostMethods[method] : undefined;
  if (host && /^org\.freedesktop\.(?:systemd1|login1)$/.test(service ?? ''))
    return { of: 'host', action: host, targets: [] };
  const action = Object.hasOwn(managerMethods, method) ? managerMethods[method] : undefined;
  if (service !== 'org.freedesktop.systemd1' || !action || name === undefined) return null;
  const user = line.has('--user') ? { ofUser: true } : {};
  return { of: 'unit', action, targets: units([name]), ...user };
};
