import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  type NatsFiles,
  natsFiles,
  natsSettings,
} from '@coroner/schema/configuration/nats-address';
import { settingsOf } from '@coroner/schema/configuration/settings';
import { signalName, signalNumber } from '@coroner/schema/signal';
import { Labels } from '@coroner/schema/wire/heartbeat';
import { z } from 'zod';

const mebibyte = 1024 * 1024;
const defaultStateDir = fileURLToPath(new URL('../../.coroner', import.meta.url));
const mostBackfillDays = 366;
const leastSampleMs = 50;
const integer = (fallback: number) => z.coerce.number().int().nonnegative().default(fallback);

const mostRingMib = 256;
const isRingSize = (mib: number): boolean => mib <= mostRingMib && Number.isInteger(Math.log2(mib));

/** What the agent can be told, by its environment and by the file that CORONER_CONFIG names. */
const Environment = z.object({
  CORONER_STATE_DIR: z.string().default(defaultStateDir),
  CORONER_HOST: z.string().max(253).default(hostname()),
  NATS_URL: z.string().optional(),
  ...natsSettings,
  CORONER_NATS_PORT: integer(7322),
  CORONER_WATCH: z.string().default(''),
  CORONER_LABELS: z.string().default(''),
  CORONER_OFF: z.string().default(''),
  CORONER_PROBE: z.enum(['on', 'off']).default('on'),
  CORONER_SHORT_LIVED_MS: integer(10_000),
  CORONER_SCOPE_PID_NAMESPACE: z.coerce.number().int().positive().optional(),
  CORONER_KEEP_RECORDING: z.enum(['on', 'off']).default('on'),
  CORONER_NOISE_SIGNALS: z.string().optional(),
  CORONER_SIGNAL_ZERO: z.enum(['on', 'off']).default('off'),
  CORONER_RING_MIB: integer(8).refine(isRingSize, 'must be a power of two from 1 to 256'),
  CORONER_SPOOL_MAX_BYTES: integer(256 * mebibyte).pipe(z.number().min(mebibyte)),
  CORONER_PROTECT_FILE: z.string().optional(),
  CORONER_BACKFILL_DAYS: integer(7).pipe(z.number().max(mostBackfillDays)),
  CORONER_MEMORY_SAMPLE_MS: integer(10_000).pipe(z.number().min(leastSampleMs)),
  CORONER_SHELL_HISTORY: z.enum(['on', 'off']).default('off'),
  CORONER_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info'),
});

export interface AgentConfig {
  readonly host: string;
  /** What is said of the host beside its name. */
  readonly labels: Labels;
  /** Folder of the agent's own state: spool, run marker. */
  readonly stateDir: string;
  /** May carry credentials, and several servers separated by commas. */
  readonly natsUrl: string;
  readonly natsFiles: NatsFiles;
  /** Globs of names, and `unit:` and `cgroup:` globs, whose every end is reported. */
  readonly watch: readonly string[];
  /** Names of evidence sources that are not to be read. */
  readonly off: readonly string[];
  /** Normal exits of processes younger than this are only counted. */
  readonly shortLivedMs: number;
  /** Inode of the pid namespace to watch; null = the whole host. For several hosts on one kernel. */
  readonly scopePidNamespace: number | null;
  /** The kernel records on when the agent is told to stop, for the next one; else nothing is left. */
  readonly keepRecording: boolean;
  /** Numbers of signals that are not looked at; null = those that end nothing by themselves. */
  readonly noiseSignals: readonly number[] | null;
  /** Whether it is counted who asks by signal 0 whether a process is there. */
  readonly countQuestions: boolean;
  /** Kernel memory for records that are not read yet. */
  readonly ringBytes: number;
  readonly spoolMaxBytes: number;
  /** Policy of whose oom_score_adj is to be set; null = nobody's is. */
  readonly protectFile: string | null;
  /** How many days from before the agent are read at its first start; 0 = none. */
  readonly backfillDays: number;
  /** Between two looks at the host's memory, while it is not short. */
  readonly memorySampleMs: number;
  /** Whether what people typed is read from the histories of their shells. */
  readonly shellHistory: boolean;
  readonly logLevel: string;
}

/**
 * Reads environment and file. Throws an error that names the variable, or the line of the file, and
 * what is wrong with it.
 */
export function agentConfig(environment: NodeJS.ProcessEnv = process.env): AgentConfig {
  try {
    return configOf(environment);
  } catch (error) {
    throw new Error(`configuration: ${(error as Error).message}`, { cause: error });
  }
}

function configOf(environment: NodeJS.ProcessEnv): AgentConfig {
  const path = environment['CORONER_CONFIG'];
  const file = path ? { path, text: readFileSync(path, 'utf8') } : null;
  const parsed = Environment.safeParse(
    settingsOf(Object.keys(Environment.shape), environment, file),
  );
  if (!parsed.success) throw new Error(problems(parsed.error));
  const values = parsed.data;
  return {
    host: values.CORONER_HOST,
    labels: labelled(values.CORONER_LABELS),
    stateDir: `${values.CORONER_STATE_DIR}/agent`,
    natsUrl: values.NATS_URL ?? `nats://127.0.0.1:${values.CORONER_NATS_PORT}`,
    natsFiles: natsFiles(values),
    watch: watched(listed(values.CORONER_WATCH)),
    off: [...listed(values.CORONER_OFF), ...(values.CORONER_PROBE === 'off' ? ['probe'] : [])],
    shortLivedMs: values.CORONER_SHORT_LIVED_MS,
    scopePidNamespace: values.CORONER_SCOPE_PID_NAMESPACE ?? null,
    keepRecording: values.CORONER_KEEP_RECORDING === 'on',
    noiseSignals: noise(values.CORONER_NOISE_SIGNALS),
    countQuestions: values.CORONER_SIGNAL_ZERO === 'on',
    ringBytes: values.CORONER_RING_MIB * mebibyte,
    spoolMaxBytes: values.CORONER_SPOOL_MAX_BYTES,
    protectFile: values.CORONER_PROTECT_FILE ?? null,
    backfillDays: values.CORONER_BACKFILL_DAYS,
    memorySampleMs: values.CORONER_MEMORY_SAMPLE_MS,
    shellHistory: values.CORONER_SHELL_HISTORY === 'on',
    logLevel: values.CORONER_LOG_LEVEL,
  };
}

/** `a, b` */
function listed(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** `role=web, env=prod` */
function labelled(text: string): Labels {
  const pairs = listed(text).map((item): [string, string] => {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(item) ?? [];
    return [name.trim(), value.trim()];
  });
  const labels = Labels.safeParse(Object.fromEntries(pairs));
  if (labels.success) return labels.data;
  throw new Error(
    `CORONER_LABELS: "${text}" must be NAME=VALUE, separated by commas; names are of letters, digits and . _ / -`,
  );
}

/** `none`, or signals; what asks a process to stop is no noise, for verdicts rest on it. */
function noise(text: string | undefined): number[] | null {
  if (text === undefined) return null;
  const names = text.trim() === 'none' ? [] : listed(text);
  return names.map((name) => {
    const number = signalNumber(name);
    if (number === null || number < 1 || number > lastSignal)
      throw new Error(`CORONER_NOISE_SIGNALS: "${name}" is no signal`);
    if (neverNoise.includes(number))
      throw new Error(
        `CORONER_NOISE_SIGNALS: ${signalName(number)} ends processes; it cannot be noise`,
      );
    return number;
  });
}

const lastSignal = 63;
/** HUP INT QUIT ABRT KILL TERM. */
const neverNoise: readonly number[] = [1, 2, 3, 6, 9, 15];

const emptyGlob = /^(unit|cgroup):\s*$/;

function watched(items: string[]): string[] {
  const empty = items.map((item) => emptyGlob.exec(item)?.[1]).find((what) => what !== undefined);
  if (empty !== undefined)
    throw new Error(
      `CORONER_WATCH: "${empty}:" names no ${empty}; write ${empty}:GLOB, such as ${examples[empty]}`,
    );
  return items;
}

const examples: Readonly<Record<string, string>> = {
  unit: 'unit:nginx.service',
  cgroup: 'cgroup:/kubepods*',
};

function problems(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}
