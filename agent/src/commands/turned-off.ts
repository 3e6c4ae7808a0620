import type { Source } from '../source.ts';

/** The same source, that reads nothing and says so. */
export function turnedOff(source: Source): Source {
  const { name } = source;
  return {
    ...source,
    status: () => ({
      source: name,
      state: 'off',
      why: 'CORONER_OFF names it',
      enable: `take ${name} out of CORONER_OFF`,
    }),
    start: async () => ({ stop: async () => undefined }),
  };
}
