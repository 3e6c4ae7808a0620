import { signalName, signalNumber } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { type Matcher, type Message, nothing } from '../message.ts';
import { type Coredump, coredump } from './coredump.ts';

/** `coredumpctl list`: `PID UID GID SIG COREFILE EXE` after the time; before 246 the signal's number and a star. */
const row =
  /^\s*(\d{1,10})\s+(\d{1,10})\s+\d{1,10}\s+(SIG[A-Z0-9+]+|\d{1,2})\s+(?:present|missing|none|truncated|error|journal|inaccessible|\*|-)\s+(\/\S+)/;
/** `coredumpctl info`: a block of `Name: value`. */
const pid = /^\s*PID: (\d{1,10}) \((.{1,64})\)\s*$/s;
const fact = /^\s*(UID|Signal|Executable): (?:(\d{1,10})(?: \(\S+\))?|(\/\S.*?))\s*$/;
const isFact =
  /^\s*(?:PID|UID|GID|Signal|Timestamp|Command Line|Executable|Control Group|Unit|Slice|(?:Owner|Session|Boot|Machine)[\w ]*|Hostname|User Unit|Storage|Package|build-id|Size[\w ]*|Disk Size|Message|Reason): /;

/** What people paste of coredumpctl(1). */
export function coredumpctlMatcher(): Matcher {
  let held: Coredump | null = null;
  const release = (): RawEvent[] => {
    const events = held?.signal ? [held] : [];
    held = null;
    return events;
  };
  return {
    push(message) {
      const { text } = message;
      const begun = pid.exec(text);
      if (begun) {
        const before = release();
        held = coredump(message, Number(begun[1]), begun[2] ?? '', null, null);
        return before;
      }
      const listed = row.exec(text);
      if (listed && message.at !== null) return [...release(), listedCore(message, listed)];
      if (!held) return nothing;
      if (!isFact.test(text)) return release();
      const [, name, number, path = null] = fact.exec(text) ?? [];
      if (name === 'UID') held = { ...held, uid: Number(number) };
      if (name === 'Signal') held = { ...held, signal: signalName(Number(number)) };
      if (name === 'Executable') held = { ...held, exe: path };
      return nothing;
    },
    flush: release,
  };
}

function listedCore(
  message: Message,
  [, id, uid, signal = '', exe = '']: RegExpExecArray,
): Coredump {
  const number = signalNumber(signal);
  const name = number === null ? null : signalName(number);
  const comm = exe.slice(exe.lastIndexOf('/') + 1).slice(0, commLength);
  return { ...coredump(message, Number(id), comm, Number(uid), name), exe };
}

/** TASK_COMM_LEN without its NUL. */
const commLength = 15;
