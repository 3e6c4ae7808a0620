import { z } from 'zod';
import { CountsEvent, GapEvent, SourceStateEvent } from './agent.ts';
import { AbnormalEndEvent, AuditRecordEvent, KillSyscallEvent } from './audit.ts';
import { DeathEvent } from './death.ts';
import { BootEvent, ProcessAccountingEvent, ShutdownEvent } from './host.ts';
import {
  CrashEvent,
  KernelPanicEvent,
  MemoryFailureEvent,
  OomKillEvent,
  SysrqEvent,
} from './kernel-log.ts';
import {
  AgentStartEvent,
  AgentStopEvent,
  ClockStepEvent,
  PackageChangeEvent,
  PackageRunEvent,
} from './machine.ts';
import { MemoryStoryEvent } from './memory.ts';
import {
  LoginEvent,
  LoginFailedEvent,
  LogoutEvent,
  PrivilegeEvent,
  ShellCommandEvent,
  SshClientEvent,
} from './person.ts';
import { RequestEvent } from './request.ts';
import { CronChangeEvent, CronJobEvent, CronRunEvent } from './schedule.ts';
import {
  CoredumpEvent,
  OomDaemonKillEvent,
  ReportedEndEvent,
  UnitEvent,
  WorkloadEvent,
} from './service.ts';

/** Everything that an agent can report, told apart by `kind`. */
export const Event = z.discriminatedUnion('kind', [
  DeathEvent,
  OomKillEvent,
  CrashEvent,
  MemoryFailureEvent,
  KernelPanicEvent,
  SysrqEvent,
  UnitEvent,
  CoredumpEvent,
  OomDaemonKillEvent,
  ReportedEndEvent,
  WorkloadEvent,
  KillSyscallEvent,
  AbnormalEndEvent,
  AuditRecordEvent,
  LoginEvent,
  LogoutEvent,
  LoginFailedEvent,
  PrivilegeEvent,
  ShellCommandEvent,
  SshClientEvent,
  RequestEvent,
  CronJobEvent,
  CronRunEvent,
  CronChangeEvent,
  BootEvent,
  ShutdownEvent,
  ProcessAccountingEvent,
  MemoryStoryEvent,
  PackageChangeEvent,
  PackageRunEvent,
  ClockStepEvent,
  AgentStartEvent,
  AgentStopEvent,
  GapEvent,
  SourceStateEvent,
  CountsEvent,
]);
export type Event = z.infer<typeof Event>;
export type EventKind = Event['kind'];
/** All that there are. */
export const eventKinds = Event.options.map((option) => option.shape.kind.value);
/** The event of one kind: `EventOf<'oom-kill'>`. */
export type EventOf<Kind extends EventKind> = Extract<Event, { kind: Kind }>;
