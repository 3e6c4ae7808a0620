import type { Problem } from '../http/problem.ts';

/**
 * Why the hub gave no answer.
 * - `unreachable`: no connection, or none that lasted.
 * - `refused`: the token is missing or wrong, or may not do that.
 * - `bad-request`: the question is malformed; `message` names the parameter, `fields` all of them.
 * - `not-found`: there is no such thing.
 * - `conflict`: somebody else was first.
 * - `failed`: the hub or its database is in trouble.
 * - `malformed`: the answer is not what the contract says.
 */
export type HubErrorKind =
  | 'unreachable'
  | 'refused'
  | 'bad-request'
  | 'not-found'
  | 'conflict'
  | 'failed'
  | 'malformed';

interface HubErrorOptions extends ErrorOptions {
  problem?: Problem | undefined;
  raw?: unknown;
}

export class HubError extends Error {
  readonly kind: HubErrorKind;
  /** What the hub says of it (RFC 9457); null where it said nothing. */
  readonly problem: Problem | null;
  /** The same as it came. */
  readonly raw: unknown;

  constructor(kind: HubErrorKind, message: string, options: HubErrorOptions = {}) {
    super(message, options);
    this.name = 'HubError';
    this.kind = kind;
    this.problem = options.problem ?? null;
    this.raw = options.raw;
  }

  /** Every parameter that is wrong, and why. */
  get fields(): readonly { field: string; detail: string }[] {
    const { errors, field, detail = '' } = this.problem ?? {};
    return errors ?? (field === undefined ? [] : [{ field, detail }]);
  }
}
