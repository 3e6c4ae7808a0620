import { z } from 'zod';

/** `GET /healthz` and `GET /readyz`: whether the hub can do its work, and why not. */
export const Health = z.object({
  status: z.enum(['ok', 'unavailable']),
  troubles: z.array(z.string()),
});
