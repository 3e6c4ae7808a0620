import type { Reader } from './reader.ts';

/** Reader of each FORMAT of `coroner-agent read`. */
export const readers: Readonly<Record<string, Reader>> = {};
