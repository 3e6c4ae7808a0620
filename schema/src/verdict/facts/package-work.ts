import type { Event, EventOf } from '../../event/event.ts';
import { isPackageManager } from '../origin/managers.ts';
import { printable, shortened } from '../words/printable.ts';
import type { Facts } from './facts.ts';
import { msBefore, near } from './nearby.ts';

/** dpkg writes to the second when it begins with a package; the stop comes from its scripts. */
const changeWithinMs = 60_000;
/** Logs of runs are to the second. */
const slackMs = 2_000;
const farMs = 3_600_000;
const commandLimit = 120;

/** The package manager's own records of the run in which something ended. */
export interface PackageWork {
  /** ` while dpkg changed nginx (apt-get upgrade, asked for by ada)`. */
  words: string;
  cites: Event[];
}

/** Work on the very package that the victim's unit is named after; null when the records show none. */
export function workOnUnit({ evidence, death, victim }: Facts): PackageWork | null {
  const unit = victim.unit?.replace(/(?:@[^.]*)?\.service$/, '');
  if (!unit) return null;
  const change = near(evidence, 'package-change', death, changeWithinMs).find(
    (event) =>
      (event.package === unit || event.package.startsWith(`${unit}-`)) &&
      (msBefore(event, death) ?? -Infinity) >= -slackMs,
  );
  if (!change) return null;
  const run = runAround(evidence, death, change.package);
  const { action, manager } = change;
  return {
    words: ` during the ${printable(action)} of ${printable(change.package)} by ${printable(manager)}${run ? asked(run) : ''}`,
    cites: run ? [change, run] : [change],
  };
}

/** The run of the package manager that the sender is part of, by its ancestry; none where it is not. */
export function runOfSender({ evidence, death, sender }: Facts): EventOf<'package-run'>[] {
  if (!sender || ![sender, ...sender.ancestry].some(isPackageManager)) return [];
  const run = runAround(evidence, death, null);
  return run ? [run] : [];
}

function runAround(
  evidence: readonly Event[],
  death: Facts['death'],
  of: string | null,
): EventOf<'package-run'> | null {
  const runs = near(evidence, 'package-run', death, farMs).filter((run) => {
    const sinceMs = run.startedAt
      ? msBefore({ ...run, at: run.startedAt, bootUs: null }, death)
      : null;
    const endedMs = run.endedAt ? msBefore({ ...run, at: run.endedAt, bootUs: null }, death) : null;
    return (
      sinceMs !== null &&
      // needrestart's runs change no package.
      run.packages.length > 0 &&
      sinceMs >= -slackMs &&
      (endedMs === null || endedMs <= slackMs) &&
      (of === null || run.packages.includes(of))
    );
  });
  return runs[0] ?? null;
}

function asked({ command, user }: EventOf<'package-run'>): string {
  const by = user ? `asked for by ${printable(user)}` : '';
  const text = shortened(printable(command ?? ''), commandLimit).replace(/`/g, "'");
  const what = text === '' ? '' : `\`${text}\``;
  const both = [what, by].filter((part) => part !== '').join(', ');
  return both === '' ? '' : ` (${both})`;
}
