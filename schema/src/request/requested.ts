import { compose, crictl, ctr, docker, kubectl, machinectl } from './containers.ts';
import { crontab, editor } from './crontabs.ts';
import { powerOff, shutdown, telinit } from './power.ts';
import type { Parse, Requested } from './request.ts';
import { busctl, loginctl, ofScript, service, systemctl } from './units.ts';

/** By the name of the program; agent/probe/hooks/request.h has the same names. */
const programs: Readonly<Record<string, Parse>> = {
  systemctl,
  service,
  'invoke-rc.d': service,
  loginctl,
  busctl,
  docker,
  podman: docker,
  nerdctl: docker,
  'docker-compose': compose,
  crictl,
  ctr,
  machinectl,
  kubectl,
  shutdown,
  halt: powerOff('halt'),
  poweroff: powerOff('poweroff'),
  reboot: powerOff('reboot'),
  init: telinit,
  telinit,
  crontab,
  fcrontab: crontab,
  editor,
  vi: editor,
  vim: editor,
  'vim.basic': editor,
  'vim.tiny': editor,
  nvim: editor,
  nano: editor,
  emacs: editor,
};

export const requestPrograms: readonly string[] = Object.keys(programs);

/** Whether a process of that name, or running that script, may ask for something at all. */
export const mayRequest = (comm: string, argv: readonly string[]): boolean =>
  Object.hasOwn(programs, comm) || argv.slice(0, 3).some((word) => initScript.test(word));

const initScript = /^\/etc\/(?:rc\.d\/)?init\.d\/([^/]+)$/;
/** A script's argv begins with its interpreter, and maybe one option of it. */
const interpreter = /^(?:ba|da|k|z|mk)?sh$|^perl$|^python[\d.]*$/;

/**
 * What a command line asks a service manager, a container runtime or the host's init to end, or
 * changes of what cron runs; null when it does nothing of the kind. `argv[0]` is the program, or the interpreter of a script.
 */
export function requested(argv: readonly string[]): Requested | null {
  const [program = '', ...rest] = argv;
  const asked = ofProgram(program, rest);
  if (asked || !interpreter.test(baseName(program))) return asked;
  const script = rest.findIndex((word) => !word.startsWith('-'));
  return script < 0 || script > 1 ? null : ofProgram(rest[script] ?? '', rest.slice(script + 1));
}

function ofProgram(program: string, args: readonly string[]): Requested | null {
  const script = initScript.exec(program)?.[1];
  if (script) return ofScript(script, args);
  const name = baseName(program);
  return Object.hasOwn(programs, name) ? (programs[name]?.(args) ?? null) : null;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
