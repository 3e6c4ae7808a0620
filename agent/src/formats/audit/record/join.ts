import type { AuditRecord } from './record.ts';
import { standsAlone } from './record-type.ts';

/** Records of one event (one node and serial), in file order. */
export type RecordGroup = readonly [AuditRecord, ...AuditRecord[]];

/** An event is over when records this much younger arrive; libauparse waits as long. */
const endOfEventMs = 2000;
const mostOpenGroups = 512;
/** An EXECVE of the largest argv has fewer. */
const mostRecords = 4096;

interface OpenGroup {
  readonly records: [AuditRecord, ...AuditRecord[]];
  readonly timeMs: number | null;
}

export interface Joiner {
  /** Takes one record; gives the events that are complete by it. */
  add(record: AuditRecord): RecordGroup[];
  /** Gives all that are still open, in the order of their first records. */
  flush(): RecordGroup[];
}

/**
 * Joins records that may interleave with those of other events, by node and serial. An event ends
 * with EOE, with its PROCTITLE (the last record that the kernel writes), or by time; `ausearch`
 * prints records in reverse, so a PROCTITLE ends only what has its SYSCALL.
 */
export function createJoiner(): Joiner {
  const open = new Map<string, OpenGroup>();

  const close = (key: string): RecordGroup[] => {
    const group = open.get(key);
    open.delete(key);
    return group ? [group.records] : [];
  };

  const expire = (nowMs: number | null): RecordGroup[] => {
    const expired: RecordGroup[] = [];
    for (const [key, group] of open) {
      const isOld = nowMs !== null && group.timeMs !== null && nowMs - group.timeMs > endOfEventMs;
      if (!isOld && open.size <= mostOpenGroups) break;
      expired.push(...close(key));
    }
    return expired;
  };

  return {
    add(record) {
      if (record.serial === null) return [[record]];
      const key = `${record.node ?? ''} ${record.serial} ${record.timeMs ?? ''}`;
      if (record.type === 'EOE') return [...expire(record.timeMs), ...close(key)];
      const group = open.get(key);
      if (group) {
        if (group.records.length < mostRecords) group.records.push(record);
      } else {
        open.set(key, { records: [record], timeMs: record.timeMs });
      }
      const ended =
        standsAlone(record.type) ||
        (record.type === 'PROCTITLE' && group?.records.some(({ type }) => type === 'SYSCALL'));
      return ended ? [...expire(record.timeMs), ...close(key)] : expire(record.timeMs);
    },
    flush() {
      const groups = [...open.values()].map((group) => group.records);
      open.clear();
      return groups;
    },
  };
}
