import type { Workspace } from '../workspace/workspace.ts';

export interface CallContext {
  workspace: Workspace;
  /** Root of this emulator, such as `http://127.0.0.1:4711`. */
  origin: string;
  /** A WebSocket address for one connection. */
  socketUrl(): string;
  /** Slack tells the bot about messages in direct channels, its own ones too. */
  onMessage(channel: string, ts: string): void;
}

/** What a method answers, `ok` included. */
export type Answered = { ok: boolean; error?: string } & Record<string, unknown>;

export interface Method {
  token: 'bot' | 'app';
  /** Needed scope; null for none. */
  scope: string | null;
  run(args: Record<string, unknown>, context: CallContext): Answered;
}

export function failed(error: string, more: object = {}): Answered {
  return { ok: false, error, ...more };
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A JSON argument; null where it is none, which the caller answers with invalid_arguments. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON.
    return null;
  }
}
