/** Most events in one batch, and most bytes of its JSON (nats-server's default limit is 1 MiB). */
export const maxBatchEvents = 500;
export const maxBatchBytes = 768 * 1024;
