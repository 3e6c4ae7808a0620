/** Every setting of every part: what a name of the environment that begins with CORONER_ may mean. */
const variables = [
  'CORONER_API_PORT',
  'CORONER_API_TOKEN',
  'CORONER_API_URL',
  'CORONER_BACKFILL_DAYS',
  'CORONER_CONFIG',
  'CORONER_HOST',
  'CORONER_LISTEN',
  'CORONER_LOG_LEVEL',
  'CORONER_MEMORY_SAMPLE_MS',
  'CORONER_NATS_PORT',
  'CORONER_NATS_REPLICAS',
  'CORONER_OFF',
  'CORONER_POSTGRES_PORT',
  'CORONER_PROBE',
  'CORONER_PROTECT_FILE',
  'CORONER_RING_MIB',
  'CORONER_SCOPE_PID_NAMESPACE',
  'CORONER_SHELL_HISTORY',
  'CORONER_SHORT_LIVED_MS',
  'CORONER_SPOOL_MAX_BYTES',
  'CORONER_STATE_DIR',
  'CORONER_WATCH',
] as const;

export const knownVariables: readonly string[] = variables;
