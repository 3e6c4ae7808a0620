import type { Entry } from './entry.ts';
import { tagOnly } from './tag.ts';

/** An extended netconsole may put the release before it. */
const record =
  /^(?:\d{1,3}\.\d{1,3}[^\s,;]{0,64},)?(\d{1,10}),(\d{1,20}),(\d{1,16}),([^;]{1,64});(.*)$/s;
const kern = 0;
/** CONFIG_PRINTK_CALLER. */
const caller = /(?:^|,)caller=([TC]\d{1,10})/;

/** `prio,seq,µs,flags;text`: a record of /dev/kmsg, Documentation/ABI/testing/dev-kmsg. */
export function kmsgRecord(line: string): Entry | null {
  const first = line.charCodeAt(0);
  if (first < 0x30 || first > 0x39) return null;
  const match = record.exec(line);
  if (!match) return null;
  const facility = Number(match[1]) >> 3;
  const text = unescaped(match[5] ?? '');
  const tagged = facility === kern ? null : tagOnly(text);
  const bootUs = Number(match[3]);
  const by = caller.exec(match[4] ?? '')?.[1];
  return {
    stamp: {
      length: 0,
      time: null,
      bootUs: Number.isSafeInteger(bootUs) ? bootUs : null,
      ...(by === undefined ? {} : { caller: by }),
    },
    host: null,
    tag: tagged?.tag ?? null,
    pid: tagged?.pid ?? null,
    text: tagged?.text ?? text,
    facility,
    kernel: facility === kern ? 'yes' : 'no',
    kernelText: text,
    bare: false,
  };
}

/** The kernel writes non-printable bytes and the backslash as `\xNN`; a sequence of them may be UTF-8. */
function unescaped(text: string): string {
  if (!text.includes('\\x')) return text;
  return text.replace(/(?:\\x[0-9a-f]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
}
