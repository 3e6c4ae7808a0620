import type { RawEvent } from '../../../source.ts';

/** Further failures after which one has waited long enough. */
const patience = 64;

type Said = 'unknown-user' | 'pam' | 'sshd-about-pam';

/**
 * Failed logins that wait for a line which says the same with the address and the method: sshd
 * writes up to three lines about one attempt.
 */
export function pendingFailures() {
  const pending = new Map<string, { said: Said; event: RawEvent }>();

  const release = (process: string): RawEvent[] => {
    const held = pending.get(process);
    pending.delete(process);
    return held ? [held.event] : [];
  };

  return {
    /** Keeps the failure of a process, and returns what need not wait any longer. */
    hold(process: string, said: Said, event: RawEvent): RawEvent[] {
      const before = pending.get(process);
      // PAM's line after "Invalid user" is about the same attempt.
      if (before?.said === 'unknown-user' && said === 'pam') return [];
      // "error: PAM: …" is sshd's word about the line before it.
      const done = said === 'sshd-about-pam' ? [] : release(process);
      pending.delete(process);
      pending.set(process, { said, event });
      if (pending.size <= patience) return done;
      const [oldest] = pending.keys();
      return oldest === undefined ? done : [...done, ...release(oldest)];
    },
    /** A better line told the same. */
    drop(process: string): void {
      pending.delete(process);
    },
    release,
    flush(): RawEvent[] {
      return [...pending.keys()].flatMap(release);
    },
  };
}
