import type { Alert } from '@coroner/schema/wire/alert';
import { sampleAnswer } from './sample-answer.ts';

/** A schema-valid state of an incident in which one process more dies with each revision. */
export function sampleAlert(
  incidentId: string,
  revision: number,
  change: Partial<Alert> = {},
): Alert {
  return {
    v: 1,
    incidentId,
    revision,
    title: `${revision} processes were killed with SIGKILL by alice on web-3`,
    firstAt: '2026-11-23T03:12:07.120Z',
    lastAt: '2026-11-23T03:12:09.000Z',
    deaths: revision,
    hosts: ['web-3'],
    victims: [{ comm: 'nginx', count: revision }],
    answer: sampleAnswer(),
    ...change,
  };
}
