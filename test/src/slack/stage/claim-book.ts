import type { Claim, ClaimDone, ClaimRequest, ClaimResponse } from '@coroner/schema/http/claims';

/** Claims as schema/src/http/claims.ts describes them, in memory. */
export function claimBook() {
  const claims = new Map<string, Claim>();
  const keys: string[] = [];
  return {
    keys,
    claim({
      key,
      holder,
      leaseSeconds,
      about = claims.get(key)?.about,
    }: ClaimRequest): ClaimResponse {
      const old = claims.get(key);
      const free =
        !old ||
        old.holder === holder ||
        (old.value === null && Date.parse(old.leaseUntil) <= Date.now());
      if (!free) return { granted: false, claim: old };
      const leaseUntil = new Date(Date.now() + leaseSeconds * 1000).toISOString();
      const takenOver = old !== undefined && (old.takenOver || old.holder !== holder);
      const value = old?.value ?? null;
      const claim: Claim = { key, holder, leaseUntil, value, about, takenOver };
      claims.set(key, claim);
      keys.push(key);
      return { granted: true, claim };
    },
    /** Not done, and their leases have run out. */
    open: (prefix: string): Claim[] =>
      [...claims.values()].filter(
        ({ key, value, leaseUntil }) =>
          key.startsWith(prefix) && value === null && Date.parse(leaseUntil) <= Date.now(),
      ),
    expireLeases() {
      const past = new Date(0).toISOString();
      for (const [key, claim] of claims) claims.set(key, { ...claim, leaseUntil: past });
    },
    /** False when somebody else holds it. */
    done({ key, holder, value }: ClaimDone): boolean {
      const old = claims.get(key);
      if (old?.holder !== holder) return false;
      claims.set(key, { ...old, value });
      return true;
    },
  };
}
