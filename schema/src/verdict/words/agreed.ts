import type { Facts } from '../facts/facts.ts';

/** That the audit log has the same sender, where it has. */
export const agreed = ({ calls }: Facts): string =>
  calls.length > 0 ? '; the audit log has the same' : '';
