import type { AlertRoute } from '@coroner/schema/http/alert-routes';
import { hoursText, thresholdText } from './hours.ts';

/** What a route takes: `hosts web-* · units nginx*`. */
export function matchWords({ match }: Pick<AlertRoute, 'match'>): string {
  const { minSeverity, ...lists } = match;
  const parts = Object.entries(lists).map(([name, values]) => `${name} ${values?.join(', ')}`);
  const severity =
    minSeverity && minSeverity !== 'critical' ? `${minSeverity} or worse` : minSeverity;
  return [...parts, ...(severity ? [severity] : [])].join(' · ') || 'everything';
}

/** When it posts: `quiet 22:00-08:00 UTC · from 5 in 10m on`; empty for always and at once. */
export function whenWords({ quietHours, threshold }: AlertRoute): string {
  return [
    ...(quietHours ? [`quiet ${hoursText(quietHours)}`] : []),
    ...(threshold ? [`from ${thresholdText(threshold)} on`] : []),
  ].join(' · ');
}
