import type { OriginStep } from '../../http/origin-step.ts';
import { printable } from './printable.ts';

/** ` with sudo`, or ` (alice became root with sudo, root became deploy with su)` where it was more. */
export function becameInWords(through: readonly OriginStep[]): string {
  const steps = through.filter(({ type }) => type === 'became-user');
  const [only, another] = steps;
  if (!only) return '';
  if (!another) return ` with ${printable(only.name)}`;
  const each = steps.map(
    ({ name, from, to }) =>
      `${printable(from ?? 'somebody')} became ${printable(to ?? 'another user')} with ${printable(name)}`,
  );
  return ` (${each.join(', ')})`;
}

/** The other steps: `, inside tmux (nobody was attached to it then)`, `, through ansible`. */
export function throughInWords(through: readonly OriginStep[]): string {
  return through.map((step) => inWords(step)).join('');
}

function inWords({ type, name, note }: OriginStep): string {
  const called = printable(name);
  const remark = note ? ` (${printable(note)})` : '';
  switch (type) {
    case 'multiplexer':
      return `, inside ${called}${remark}`;
    case 'orchestration':
      return `, through ${called}`;
    case 'package-manager':
      return `, through the package manager ${called}`;
    case 'script':
      return `, script ${called}`;
    case 'container-exec':
      return ', put into the running container from outside';
    case 'became-user':
      return '';
  }
}
