import type { RecordGroup } from './record/join.ts';
import { idOf } from './record/values.ts';

/** Sessions whose records are told apart; beyond this many the oldest are forgotten. */
const rememberedSessions = 4096;

/** Tells the first USER_START and USER_END of a session from others: PAM and sshd each write their own. */
export function createSessionFilter(): { isNew: (group: RecordGroup) => boolean } {
  const seen = new Set<string>();
  return {
    isNew([{ type, node, own }]) {
      // Numbers of sessions begin anew.
      if (type === 'SYSTEM_BOOT') seen.clear();
      if (type !== 'USER_START' && type !== 'USER_END') return true;
      const session = idOf(own.get('ses'));
      if (session === null) return true;
      const key = `${type} ${session} ${own.get('pid')?.text ?? ''} ${node ?? ''}`;
      if (seen.has(key)) return false;
      seen.add(key);
      if (seen.size > rememberedSessions) {
        for (const oldest of seen) {
          seen.delete(oldest);
          break;
        }
      }
      return true;
    },
  };
}
