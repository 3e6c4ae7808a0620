import { signalName, signalNumber } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, nothing } from '../message.ts';
import { recent } from '../recent.ts';

const remembered = 512;
const spawned = /^(?:.*?\bINFO )?spawned: '(.{1,80})' with pid (\d{1,10})$/s;
const exited =
  /^(?:.*?\b(?:INFO|WARN) )?exited: (.{1,80}) \(terminated by (SIG\w+)(?<core> \(core dumped\))?; (?:not )?expected\)$/s;

/** supervisord (supervisor/process.py): whom it started, and by which signal it ended. */
export function supervisorMatcher(): Matcher {
  const pids = recent<number>(remembered);
  return {
    push(message) {
      const { text } = message;
      const began = spawned.exec(text);
      if (began) pids.set(began[1] ?? '', Number(began[2]));
      const said = exited.exec(text);
      if (!said) return nothing;
      const name = said[1] ?? '';
      const number = signalNumber(said[2] ?? '');
      if (number === null) return nothing;
      const event: RawEvent = {
        kind: 'reported-end',
        ...base(message),
        reporter: 'supervisord',
        pid: pids.take(name) ?? null,
        // `group:name`
        comm: name.slice(name.lastIndexOf(':') + 1),
        signal: signalName(number),
        coreDumped: said.groups?.['core'] !== undefined,
        text,
      };
      return [event];
    },
    flush: () => nothing,
  };
}
