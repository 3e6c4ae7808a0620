import { longestOverlapSeconds } from '@coroner/schema/http/webhooks';
import { isPast } from '../is-past.ts';

/** SQL for the earlier secrets of the webhook `w` that still sign, as rows `s` of `value` and `place`. */
export const stillSigning = `
  (select s.value, s.place from jsonb_array_elements(w.earlier_secrets) with ordinality as s(value, place)
   where not ${isPast("(s.value ->> 'until')::timestamptz", longestOverlapSeconds)}) s`;
