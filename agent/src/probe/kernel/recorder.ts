import { libbpf } from '../native/libbpf.ts';
import { loadObject } from './load.ts';
import type { MapFds } from './names.ts';
import type { Policy } from './object.ts';

/** The probe at work in the kernel. */
export interface Recorder {
  maps: MapFds;
  /** Stops recording and frees everything. */
  close(): void;
}

export function startRecorder(policy: Policy, procEntries: number): Recorder {
  const object = loadObject(policy, null, procEntries);
  const links = object.attach();
  return {
    maps: object.maps,
    close: () => {
      for (const link of links) libbpf().linkDestroy(link);
      object.close();
    },
  };
}
