import { z } from 'zod';

/** `run.json` in the state directory, mode 0600: what runs here, and how to reach it. */
export const RunFile = z.object({
  apiUrl: z.string(),
  apiToken: z.string(),
  natsUrl: z.string(),
  databaseUrl: z.string(),
  pids: z.record(z.string(), z.number().int()),
});
export type RunFile = z.infer<typeof RunFile>;
