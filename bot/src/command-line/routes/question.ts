import { RouteQuestion } from '@coroner/schema/http/alert-routes';
import { listed } from '../../routes/typed-match.ts';

/** What `coroner routes test` takes, as it was typed. */
export interface TestOptions {
  host?: string;
  unit?: string;
  labels?: string;
  user?: string;
  cause?: string;
  deaths?: string;
  at?: string;
}

/** The question that was typed. Throws an Error that names the option that is wrong. */
export function questionOf(
  incidentId: string | undefined,
  { labels, deaths, ...rest }: TestOptions,
): RouteQuestion {
  const pairs = listed(labels).map((each) => each.split(/=(.*)/s).slice(0, 2));
  const read = RouteQuestion.safeParse({
    ...rest,
    ...(incidentId === undefined ? {} : { incidentId }),
    ...(labels === undefined ? {} : { labels: Object.fromEntries(pairs) }),
    ...(deaths === undefined ? {} : { deaths: Number(deaths) }),
  });
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Error(`--${String(issue?.path[0] ?? '')}: ${issue?.message}`);
}
