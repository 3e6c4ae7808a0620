import type { CreatedWebhook } from '@coroner/schema/http/webhooks';

/** The secret alone on standard output, for a program to take; the rest is for people. */
export function told({ secret, id }: CreatedWebhook): string {
  process.stderr.write(`${id}. Its secret is not shown again (coroner webhooks test ${id}):\n`);
  return `${secret}\n`;
}
