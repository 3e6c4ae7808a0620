/**
 * Why the hub gave no answer.
 * - `unreachable`: no connection, or none that lasted.
 * - `refused`: the token is missing or wrong.
 * - `bad-request`: the question is malformed; `message` names the parameter.
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

export class HubError extends Error {
  readonly kind: HubErrorKind;

  constructor(kind: HubErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HubError';
    this.kind = kind;
  }
}
