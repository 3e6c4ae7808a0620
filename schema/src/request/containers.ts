import { commandLine } from './options.ts';
import { type Parse, type Requested, targetsOf } from './request.ts';

/** Of docker, podman, nerdctl, and their commands: options that take a value. */
const valued: ReadonlySet<string> = new Set([
  ...['-H', '--host', '-c', '--context', '--config', '-l', '--log-level', '--tlscacert'],
  ...['--tlscert', '--tlskey', '-n', '--namespace', '-a', '--address', '--url', '--connection'],
  ...['--identity', '--root', '--runroot', '--cgroup-manager', '-t', '--time', '--timeout'],
  ...['-s', '--signal', '--cidfile', '--filter', '-f', '--file', '-p', '--project-name'],
  ...['--profile', '--env-file', '--project-directory'],
]);
/** The commands of a container take -f, -a, -l without a value. */
const ofCommand: ReadonlySet<string> = new Set([
  ...['-t', '--time', '--timeout', '-s', '--signal', '--cidfile', '--filter', '--pod-id-file'],
]);

const groups: ReadonlySet<string> = new Set(['container', 'pod']);
const ending: ReadonlySet<string> = new Set(['stop', 'kill', 'restart']);
const removing: ReadonlySet<string> = new Set(['rm', 'remove', 'delete']);
const composing: ReadonlySet<string> = new Set(['stop', 'kill', 'restart', 'down', 'rm', 'up']);

/** docker, podman and nerdctl: `[container|pod] stop|kill|restart|rm -f NAME…`, `compose down`. */
export const docker: Parse = (args) => {
  const rest = afterOptions(args);
  if (rest[0] === 'compose') return compose(rest.slice(1));
  const [verb = '', ...others] = groups.has(rest[0] ?? '') ? rest.slice(1) : rest;
  return ofContainers(verb, others, verb === 'restart' || verb === 'stop');
};

/** docker-compose: which containers these are, the names of services do not say. */
export const compose: Parse = (args) => {
  const [verb = ''] = afterOptions(args);
  if (!composing.has(verb)) return null;
  return { of: 'container', action: `compose ${verb}`, targets: [], waits: true };
};

/** crictl(1); `stopp` and `rmp` are of pods, whose containers have other ids. */
export const crictl: Parse = (args) => {
  const options = new Set(['-c', '--config', '-r', '--runtime-endpoint', '-i', '--image-endpoint']);
  const [verb = '', ...others] = afterOptions(args, options);
  if (verb === 'stopp' || verb === 'rmp')
    return { of: 'container', action: verb, targets: [], waits: true };
  return ofContainers(verb, others, verb === 'stop');
};

/** ctr(8): `[-n NAMESPACE] task kill|rm -f ID`. */
export const ctr: Parse = (args) => {
  const [group = '', verb = '', ...others] = afterOptions(args);
  return /^(?:t|tasks?)$/.test(group) ? ofContainers(verb, others, false) : null;
};

/** machinectl(1): a machine is a container to the host. */
export const machinectl: Parse = (args) => {
  const { words } = commandLine(args, ofCommand);
  const [verb = '', ...names] = words;
  if (!/^(?:terminate|poweroff|reboot|kill|stop)$/.test(verb) || names.length === 0) return null;
  return { of: 'container', action: verb, targets: targetsOf(names) };
};

const kubectlValued: ReadonlySet<string> = new Set([
  ...['-n', '--namespace', '--context', '--cluster', '--user', '--kubeconfig', '-s', '--server'],
  ...['-l', '--selector', '-f', '--filename', '-o', '--output', '--grace-period', '--timeout'],
  ...[
    '--token',
    '--as',
    '-k',
    '--kustomize',
    '--field-selector',
    '--replicas',
    '-c',
    '--container',
  ],
]);
const pods = /^(?:po|pods?)$/;

/** kubectl: of what it deletes only pods have a name that is found on a host. */
export const kubectl: Parse = (args) => {
  const line = commandLine(args, kubectlValued);
  const [verb = '', ...words] = line.words;
  if (verb === 'delete') {
    const [kind = '', ...names] = words;
    const named = pods.test(kind)
      ? names
      : words.flatMap((word) => /^(?:po|pods?)\/(.+)/.exec(word)?.[1] ?? []);
    return { of: 'pod', action: verb, targets: targetsOf(named) };
  }
  const action = verb === 'rollout' && words[0] === 'restart' ? 'rollout restart' : verb;
  if (!/^(?:rollout restart|scale|drain|replace)$/.test(action)) return null;
  return { of: 'pod', action, targets: [] };
};

function ofContainers(verb: string, args: readonly string[], waits: boolean): Requested | null {
  const line = commandLine(args, ofCommand);
  const removes = removing.has(verb) && line.has('-f', '--force');
  if (!ending.has(verb) && !removes) return null;
  const targets = targetsOf(line.words);
  return { of: 'container', action: verb, targets, ...(waits ? { waits: true } : {}) };
}

/** What follows the options of the program itself. */
function afterOptions(
  args: readonly string[],
  takeValue: ReadonlySet<string> = valued,
): readonly string[] {
  let index = 0;
  while (index < args.length) {
    const word = args[index] ?? '';
    if (!word.startsWith('-')) break;
    index += takeValue.has(word) ? 2 : 1;
  }
  return args.slice(index);
}
