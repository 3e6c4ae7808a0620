import type { OomTask } from '@coroner/schema/event/kernel-log';
import type { z } from 'zod';
import { printedNumber, taskName } from '../printed.ts';

export type Task = z.infer<typeof OomTask>;

/** Names of the columns between the pid and the name, as the header prints them. */
export type Columns = readonly string[];

/**
 * `[ pid ]   uid  tgid total_vm      rss … name`: which columns follow differs by generation
 * (cpu, oom_adj, nr_ptes, nr_pmds, pgtables_bytes, swapents, rss_anon …, oom_score_adj).
 */
export function taskDumpHeader(text: string): Columns | null {
  const match = /^\[ *pid *\] +(uid .*) name$/.exec(text);
  return match ? (match[1] ?? '').trim().split(/ +/) : null;
}

const row = /^\[ *(\d{1,10})\] +(\d+) +(\d+) +(\d+) +(\d+)((?: +-?\d+){2,7}) (.+)$/s;
const columnsBeforeRest = 4;

/** A row of the dump; without a header (a cut log) the numbers are taken as far as they go. */
export function taskDumpRow(text: string, columns: Columns | null): Task | null {
  if (!text.startsWith('[')) return null;
  if (columns && columns.length >= columnsBeforeRest) return knownRow(text, columns);
  const match = row.exec(text);
  const comm = match && taskName((match[7] ?? '').trimStart());
  if (!match || comm === null) return null;
  const rest = (match[6] ?? '').trim().split(/ +/);
  return {
    pid: Number(match[1]),
    uid: printedNumber(match[2]),
    tgid: printedNumber(match[3]),
    totalVm: printedNumber(match[4]),
    rss: printedNumber(match[5]),
    // Two columns are `cpu oom_adj`, and oom_adj is another scale.
    oomScoreAdj: rest.length > 2 ? printedNumber(rest.at(-1)) : null,
    comm,
  };
}

function knownRow(text: string, columns: Columns): Task | null {
  const pattern = rowPattern(columns.length);
  const match = pattern.exec(text);
  const comm = match && taskName(match[3] ?? '');
  if (!match || comm === null) return null;
  const values = (match[2] ?? '').trim().split(/ +/);
  const value = (name: string): number | null => {
    const index = columns.indexOf(name);
    return index < 0 ? null : printedNumber(values[index]);
  };
  return {
    pid: Number(match[1]),
    uid: value('uid'),
    tgid: value('tgid'),
    totalVm: value('total_vm'),
    rss: value('rss'),
    oomScoreAdj: value('oom_score_adj'),
    comm,
  };
}

const patterns = new Map<number, RegExp>();

function rowPattern(columns: number): RegExp {
  let pattern = patterns.get(columns);
  if (!pattern) {
    pattern = new RegExp(`^\\[ *(\\d{1,10})\\]((?: +-?\\d+){${columns}}) (.+)$`, 's');
    patterns.set(columns, pattern);
  }
  return pattern;
}
