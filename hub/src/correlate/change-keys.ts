import { stableId } from '@coroner/schema/identity';
import type { Judgement } from '@coroner/schema/verdict/case';
import { isHostItself } from '@coroner/schema/verdict/facts/host-itself';
import { type IncidentKey, minuteMs } from './key.ts';

type Answer = Judgement['answer'];

/** A package that was installed or changed. */
export interface PackageChange {
  package: string;
  /** Null where the log does not say. */
  toVersion: string | null;
}

/** What a new version breaks shows on the next hosts when they get it, or when they use it. */
const packageWindow = {
  windowMs: 30 * minuteMs,
  grows: { by: 'hosts', toMs: 120 * minuteMs },
} as const;
/** A kernel runs for hours before it shows. */
const kernelWindow = { windowMs: 6 * 60 * minuteMs } as const;

const kernelPackage =
  /^(?:linux-image|linux-modules|kernel(?:-core|-modules|-default)?(?=-|$)|linux$)/;
/** `libssl.so.3` → `libssl`. */
const library = /\blib[\w+-]*?(?=[-.\d]*\.so\b)/g;

/** The same change of the package that a crashed program, its library or a crashed host's kernel is of. */
export function changeKeys(answer: Answer, changes: readonly PackageChange[]): IncidentKey[] {
  const isHost = isHostItself(answer.death);
  const window = isHost ? kernelWindow : packageWindow;
  const keys = changes
    .filter((change) => (isHost ? kernelPackage.test(change.package) : isOf(change, answer)))
    .map(({ package: name, toVersion }) => stableId('package', name, toVersion ?? ''));
  return [...new Set(keys)].map((key) => ({ key, ...window }));
}

/** Packages are named after their program or service (`nginx`, `nginx-core`), or their library (`libssl3t64`). */
function isOf({ package: name }: PackageChange, { death, evidence }: Answer): boolean {
  const unit = death.unit?.replace(/(?:@[^.]*)?\.service$/, '');
  const program = death.exe?.slice(death.exe.lastIndexOf('/') + 1) ?? death.comm;
  if (
    [unit, program, death.comm].some((own) => own && (name === own || name.startsWith(`${own}-`)))
  )
    return true;
  const faults = evidence.filter(({ kind }) => kind === 'crash').map(({ text }) => text);
  const libraries = faults.flatMap((text) => text.match(library) ?? []);
  return libraries.includes(name.replace(/[\d.-]*(?:t64)?$/, ''));
}
