import { recent } from '../recent.ts';

const remembered = 512;

/** How a main process exited: `code` and `status` of a unit. */
export interface Exit {
  readonly code?: string | null | undefined;
  readonly status?: string | number | null | undefined;
}

interface Pending {
  readonly exit: Exit;
  /** It was told with a line that names no result yet: only the line with the result may repeat it. */
  readonly told: boolean;
}

/**
 * Keeps how the main process of each unit exited, until the unit's result is said. systemd 226 to
 * 231 says first that the unit failed and then with which result.
 */
export function pendingExits() {
  const exits = recent<Pending>(remembered);
  return {
    /** The main process exited. */
    set(unit: string, exit: Exit): void {
      exits.set(unit, { exit, told: false });
    },
    /** The unit failed; null where its process had not exited just before. */
    failed(unit: string, result: string | null | undefined): Exit | null {
      const pending = exits.take(unit);
      if (!pending || (pending.told && !result)) return null;
      if (!result) exits.set(unit, { ...pending, told: true });
      return pending.exit;
    },
    /** Something else happened to the unit, so that what was told is over. */
    passed(unit: string): void {
      if (exits.get(unit)?.told) exits.take(unit);
    },
  };
}
