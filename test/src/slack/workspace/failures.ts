/** What the emulator can be told to do wrong with a call. */
export type Failure =
  /** This call goes well: those after it are to fail. */
  | { kind: 'none' }
  | { kind: 'status'; status: number; body?: string }
  | { kind: 'error'; error: string }
  | { kind: 'rate-limit'; retryAfterSeconds: number }
  /** The connection is cut before anything is read of the answer; `accepted`: the call was carried out. */
  | { kind: 'drop'; accepted: boolean }
  /** No answer within this time; `accepted`: the call was carried out. */
  | { kind: 'hang'; ms: number; accepted?: boolean };

export interface Failures {
  /** The next `times` calls of `method` (`*`: of any) fail. */
  next(method: string, failure: Failure, times: number): void;
  take(method: string): Failure | null;
  clear(): void;
}

export function failures(): Failures {
  let planned: { method: string; failure: Failure; left: number }[] = [];
  return {
    next(method, failure, times) {
      planned.push({ method, failure, left: times });
    },
    take(method) {
      const plan = planned.find((each) => each.method === method || each.method === '*');
      if (!plan) return null;
      plan.left -= 1;
      if (plan.left <= 0) planned = planned.filter((each) => each !== plan);
      return plan.failure;
    },
    clear() {
      planned = [];
    },
  };
}
