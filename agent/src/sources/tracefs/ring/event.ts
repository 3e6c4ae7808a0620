import type { Format } from './format.ts';
import { numberAt, type RawRecord, textAt } from './record.ts';

interface Stamp {
  readonly ns: number;
  /** Thread id of the task that ran. */
  readonly tid: number;
  /** It was interrupted: what happened is not its doing. */
  readonly inInterrupt: boolean;
}

export type TraceEvent = Stamp &
  (
    | {
        readonly kind: 'signal';
        readonly number: number;
        readonly code: number;
        /** Thread id of the target, or pid of its process. */
        readonly target: number;
        readonly targetComm: string;
        readonly group: boolean;
      }
    | {
        readonly kind: 'task';
        readonly pid: number;
        readonly comm: string;
        readonly thread: boolean;
      }
    | { readonly kind: 'exec'; readonly pid: number; readonly filename: string }
    | {
        readonly kind: 'exit';
        readonly pid: number;
        readonly comm: string;
        /** No thread of the process is left; null before Linux 6.14, which does not tell. */
        readonly groupDead: boolean | null;
      }
    | { readonly kind: 'oom-mark'; readonly pid: number }
  );

export type TraceKind = TraceEvent['kind'];

const interruptFlags = 0x08 | 0x10;
const cloneThread = 0x10000;

/** Makes events of records, by the layouts of this kernel; null for a record that is none of ours. */
export function eventReader(
  formats: ReadonlyMap<TraceKind, Format>,
): (record: RawRecord) => TraceEvent | null {
  const kinds = new Map([...formats].map(([kind, format]) => [format.id, { kind, format }]));
  const common = [...formats.values()][0]?.fields;
  const type = common?.get('common_type');

  return ({ ns, bytes }) => {
    const known = kinds.get(numberAt(bytes, type));
    if (!known) return null;
    const { fields } = known.format;
    const number = (name: string) => numberAt(bytes, fields.get(name));
    const text = (name: string) => textAt(bytes, fields.get(name));
    const stamp = {
      ns,
      tid: number('common_pid'),
      inInterrupt: (number('common_flags') & interruptFlags) !== 0,
    };
    switch (known.kind) {
      case 'signal':
        return {
          ...stamp,
          kind: 'signal',
          number: number('sig'),
          code: number('code'),
          target: number('pid'),
          targetComm: text('comm'),
          group: number('group') !== 0,
        };
      case 'task':
        return {
          ...stamp,
          kind: 'task',
          pid: number('pid'),
          comm: text('comm'),
          thread: (number('clone_flags') & cloneThread) !== 0,
        };
      case 'exec':
        return { ...stamp, kind: 'exec', pid: number('pid'), filename: text('filename') };
      case 'exit':
        return {
          ...stamp,
          kind: 'exit',
          pid: number('pid'),
          comm: text('comm'),
          groupDead: fields.has('group_dead') ? number('group_dead') !== 0 : null,
        };
      case 'oom-mark':
        return { ...stamp, kind: 'oom-mark', pid: number('pid') };
    }
  };
}
