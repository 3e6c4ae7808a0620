import { type Problem, type ProblemCode, problems } from '@coroner/schema/http/problem';

/** Thrown by a route; the error handler makes the response of it. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly more: Partial<Pick<Problem, 'field' | 'errors' | 'candidates' | 'gaps' | 'hostEnded'>>;

  constructor(code: ProblemCode, detail: string, more: ProblemError['more'] = {}) {
    super(detail);
    this.code = code;
    this.more = more;
  }
}

export function problemOf(
  code: ProblemCode,
  detail: string,
  more: ProblemError['more'] = {},
): Problem {
  const { status, title } = problems[code];
  return { type: `urn:coroner:problem:${code}`, title, status, detail, ...more };
}
