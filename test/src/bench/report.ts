import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';

interface Table {
  title: string;
  /** How it was measured, and what a reader must know to compare. */
  notes: readonly string[];
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A target of a figure, and whether it was reached. */
interface Target {
  what: string;
  wanted: string;
  got: string;
  reached: boolean;
}

export interface Report {
  table(table: Table): void;
  target(target: Target): void;
  /** A part that gave no figures. */
  failure(part: string, error: Error): void;
  /** The last table: all targets. Resolves to the file. */
  end(): string;
}

const bytesPerGib = 1024 ** 3;

/** Prints each table as it comes, and appends it to a file of its own as Markdown. */
export function openReport(folder: string): Report {
  const targets: Target[] = [];
  mkdirSync(folder, { recursive: true });
  const stamp = new Date().toISOString().replaceAll(':', '-').slice(0, 'yyyy-mm-ddThh-mm'.length);
  const path = join(folder, `${stamp}.md`);
  const machine = `${cpus().length} processors, ${(totalmem() / bytesPerGib).toFixed(0)} GiB, Linux ${release()}, Node ${process.version}`;
  writeFileSync(
    path,
    `# Measured on ${stamp}\n\n${machine}. Absolute figures are this machine's: compare ratios of one run.\n`,
  );
  const write = (text: string): void => {
    process.stdout.write(text);
    appendFileSync(path, text);
  };
  return {
    table: (table) => write(markdown(table)),
    failure: (part, error) => write(`\n## ${part}\n\nfailed: ${error.message}\n`),
    target: (target) => void targets.push(target),
    end() {
      const rows = targets.map(({ what, wanted, got, reached }) => [
        what,
        wanted,
        got,
        reached ? 'yes' : '**no**',
      ]);
      const head = ['target', 'wanted', 'measured', 'reached'];
      if (rows.length > 0) write(markdown({ title: 'Targets', notes: [], head, rows }));
      return path;
    },
  };
}

function markdown({ title, notes, head, rows }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const said = notes.map((note) => `${note}\n`).join('');
  return `\n## ${title}\n\n${said}${said && '\n'}${[line(head), rule, ...rows.map(line)].join('\n')}\n`;
}
