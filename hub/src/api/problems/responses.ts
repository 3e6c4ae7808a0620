import { Problem } from '@coroner/schema/http/problem';

/** The problems that any route under /v1 may answer with. */
export const usualProblems = {
  400: Problem,
  401: Problem,
  403: Problem,
  429: Problem,
  503: Problem,
} as const;
export const withNotFound = { ...usualProblems, 404: Problem } as const;
export const withConflict = { ...withNotFound, 409: Problem } as const;
