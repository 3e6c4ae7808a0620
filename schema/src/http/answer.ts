import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Confidence } from '../confidence.ts';
import { memorySeries } from '../event/memory.ts';
import { Instant } from '../time.ts';
import { Expected } from './expected.ts';
import { NearMissOfDeath } from './near-miss.ts';
import { OriginHost, OriginStep, Tool } from './origin-step.ts';
import { ChainLink, Loop, NextRun, Rhythm } from './related.ts';

export const LoginOrigin = z.object({
  type: z.literal('login-session'),
  user: z.string(),
  sessionId: z.number().int().nullable(),
  tty: z.string().nullable(),
  from: z.string().nullable(),
  since: Instant.nullable(),
  /** The host of the fleet that has the address `from`. */
  fromHost: OriginHost.nullable().optional(),
  /** Started in the session, but maybe not by who is in it now: a daemon, a shell within tmux. */
  detached: z.boolean().optional(),
});

export const CronOrigin = z.object({
  type: z.literal('cron'),
  file: z.string().nullable(),
  line: z.number().int().nullable(),
  schedule: z.string().nullable(),
  command: z.string().nullable(),
  user: z.string().nullable().optional(),
  /** The first run after the question; null for @reboot and where the line is not known. */
  nextRun: Instant.nullable(),
  /** Of the schedule, an IANA name. */
  timeZone: z.string().nullable().optional(),
  /** When the line came, where the agent saw it come; and by whose crontab(1) or editor. */
  changedAt: Instant.optional(),
  changedBy: z
    .object({
      user: z.string().nullable(),
      command: z.string(),
      pid: z.number().int(),
      from: z.string().nullable(),
      tty: z.string().nullable(),
    })
    .optional(),
});

/** A job of at(1) or batch(1). */
export const AtOrigin = z.object({
  type: z.literal('at'),
  /** Its file in the spool, which atd removes after the run; null when it is not known which. */
  file: z.string().nullable(),
  command: z.string().nullable(),
  /** Who put it there. */
  user: z.string().nullable(),
});

/** Origins that have little more than a name: a unit, a container runtime, a package manager. */
export const NamedOrigin = z.object({
  type: z.enum([
    'timer',
    'service',
    'container-runtime',
    'package-manager',
    'orchestration',
    'kernel',
    'unknown',
  ]),
  name: z.string().nullable(),
  /** Of a timer: its unit file, when it runs, and the unit that it starts. */
  file: z.string().nullish(),
  schedule: z.string().nullish(),
  unit: z.string().nullish(),
});

/** What stands at the root of a process: who or what started it. */
export const Origin = z.discriminatedUnion('type', [
  LoginOrigin,
  CronOrigin,
  AtOrigin,
  NamedOrigin,
]);
export type Origin = z.infer<typeof Origin>;

export const Actor = z.object({
  pid: z.number().int(),
  comm: z.string(),
  exe: z.string().nullable().optional(),
  cmdline: z.array(z.string()),
  uid: z.number().int().nullable(),
  user: z.string().nullable(),
  /** Who logged in, whatever sudo did since. */
  auditUser: z.string().nullable().optional(),
  startedAt: Instant.nullable().optional(),
  ancestry: z.array(
    z.object({
      pid: z.number().int(),
      comm: z.string(),
      cmdline: z.array(z.string()).nullable().optional(),
    }),
  ),
  origin: Origin,
  /** How sure it is that this is who did it, where that is less sure than the cause. */
  confidence: Confidence.optional(),
  /** From the root of the origin down to the process: who became whom, what stood in between. */
  through: z.array(OriginStep).optional(),
  tool: Tool.nullable().optional(),
});
export type Actor = z.infer<typeof Actor>;

export const RuledOut = z.object({ cause: Cause, because: z.string() });
export type RuledOut = z.infer<typeof RuledOut>;

export const Verdict = z.object({
  cause: Cause,
  confidence: Confidence,
  /** One plain sentence. */
  summary: z.string(),
  ruledOut: z.array(RuledOut),
  advice: z.array(z.string()),
});
export type Verdict = z.infer<typeof Verdict>;

export const Death = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.number().int(),
  comm: z.string(),
  exe: z.string().nullable(),
  cmdline: z.array(z.string()),
  uid: z.number().int().nullable(),
  user: z.string().nullable(),
  startedAt: Instant.nullable(),
  /** By the host's clock. */
  diedAt: Instant,
  /** By the hub's clock, where the host's clock is wrong. */
  happenedAt: Instant.optional(),
  signal: z.string().nullable(),
  exitCode: z.number().int().nullable(),
  coreDumped: z.boolean(),
  peakRssBytes: z.number().int().nullable(),
  oomScoreAdj: z.number().int().nullable(),
  cgroup: z.string().nullable(),
  unit: z.string().nullable(),
  container: z.string().nullable(),
});
export type Death = z.infer<typeof Death>;

export const Evidence = z.object({
  eventId: z.string(),
  at: Instant.nullable(),
  source: z.string(),
  kind: z.string(),
  text: z.string(),
});
export type Evidence = z.infer<typeof Evidence>;

export const Related = z.object({
  incidentId: z.string().nullable(),
  /** Other deaths by the same process within ten minutes, or in the same incident. */
  sameActor: z.number().int().nonnegative(),
  hosts: z.array(z.string()),
  /** What may have led to it. */
  chain: z.array(ChainLink).optional(),
  loop: Loop.optional(),
  /** When the cron line that did it runs next, on all hosts that have it; the soonest first, at most 200. */
  nextRuns: z.array(NextRun).optional(),
  rhythm: Rhythm.optional(),
});

/** Memory of a cgroup or host at the moment of an OOM kill, kB. */
export const OomReport = z.object({
  constraint: z.string().nullable(),
  cgroup: z.string().nullable(),
  usageKb: z.number().nullable(),
  limitKb: z.number().nullable(),
  anonRssKb: z.number().nullable(),
  invokedBy: z.string().nullable(),
  tasks: z.array(
    z.object({
      pid: z.number().int(),
      comm: z.string(),
      rssPages: z.number().int().nullable(),
      oomScoreAdj: z.number().int().nullable(),
    }),
  ),
});
export type OomReport = z.infer<typeof OomReport>;

/** Memory of the host over the minutes before, for drawing; `eventId` is the evidence. */
export const MemoryStory = z.object({ eventId: z.string(), ...memorySeries });
export type MemoryStory = z.infer<typeof MemoryStory>;

/** The host itself went down, and what ran on it with it: processes leave no record of that. */
export const HostEnded = z.object({
  host: z.string(),
  /** The death of the host: `GET /v1/deaths/{id}`. */
  deathId: z.string(),
  /** Its last sign of life. */
  at: Instant,
  cause: Cause,
  confidence: Confidence,
  /** What that means for the question, in one sentence. */
  text: z.string(),
});
export type HostEnded = z.infer<typeof HostEnded>;

/** What was answered until evidence changed it. */
export const EarlierAnswer = z.object({
  revision: z.number().int().positive(),
  replacedAt: Instant,
  cause: Cause,
  confidence: Confidence,
  summary: z.string(),
});
export type EarlierAnswer = z.infer<typeof EarlierAnswer>;

/** The answer to "why did X die on host Y?". The contract: fields may be added, never renamed. */
export const Answer = z.object({
  verdict: Verdict,
  death: Death,
  /** Null when nobody did it; the process itself for `signal-to-self`. */
  actor: Actor.nullable(),
  evidence: z.array(Evidence),
  related: Related,
  /** What could not be seen then and there. */
  gaps: z.array(z.string()),
  /** Signals to it in the minutes before that came to nothing, newest first; absent where there are none. */
  nearMisses: z.array(NearMissOfDeath).optional(),
  oom: OomReport.nullable().optional(),
  /** Somebody announced it: the rule that it fits. */
  expected: Expected.optional(),
  /** How often it was judged anew, counted from 1, and what was said before, oldest first. */
  revision: z.number().int().positive().optional(),
  revisions: z.array(EarlierAnswer).optional(),
  memory: MemoryStory.nullable().optional(),
  /** The host went down after this death, or nearer to the time that was asked for. */
  hostEnded: HostEnded.optional(),
  /** Other deaths that the question could mean, newest first. */
  others: z
    .array(
      z.object({
        id: z.string(),
        host: z.string(),
        comm: z.string(),
        diedAt: Instant,
        pid: z.number().int().optional(),
        /** Its verdict's sentence. */
        summary: z.string().optional(),
      }),
    )
    .optional(),
});
export type Answer = z.infer<typeof Answer>;
