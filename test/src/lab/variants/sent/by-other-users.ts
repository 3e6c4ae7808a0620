import { constants } from 'node:os';
import type { Lab } from '../../lab.ts';
import type { Staged } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';
import { sentBy } from './sent.ts';

const { SIGKILL, SIGTERM } = constants.signals;
const nobody = '65534';
const asNobody = ['setpriv', '--reuid', nobody, '--regid', nobody, '--clear-groups'];

const killUnder =
  (command: readonly string[], number: number = SIGKILL) =>
  (victim: Staged, lab: Lab): Promise<Staged> =>
    lab.senderUnder(command, 'kill', String(victim.pid), String(number));

const ofNobody = (lab: Lab): Promise<Staged> => lab.victimUnder(asNobody, 'sleep');

/** `su -c` takes one string; the sender's words hold nothing that a shell would change. */
const bySu: Variant = sentBy(
  'su of root to nobody, who kills his own',
  (victim, lab) => {
    const words = ['su', '-s', '/bin/sh', 'nobody', '-c', 'exec "$0" "$@"', '--'];
    return lab.senderUnder(words, 'kill', String(victim.pid), String(SIGKILL));
  },
  ofNobody,
);

/** Who may: root plain, root by sudo, another by setpriv and su. */
export const sentByOtherUsers: readonly Variant[] = [
  sentBy('plain, by root', killUnder([])),
  sentBy('sudo', killUnder(['sudo', '-n'])),
  sentBy('sudo of a shell', killUnder(['sudo', '-n', 'sh', '-c', '"$0" "$@"; true'])),
  sentBy(
    'sudo -u nobody, who kills his own',
    killUnder(['sudo', '-n', '-u', 'nobody'], SIGTERM),
    ofNobody,
  ),
  sentBy('setpriv to nobody, who kills his own', killUnder(asNobody), ofNobody),
  bySu,
  sentBy('root kills what is of nobody', killUnder([]), ofNobody),
  sentBy('nohup in a session of its own', killUnder(['nohup', 'setsid'])),
  sentBy('below env, nice and xargs', killUnder(['env', 'nice', 'setsid', '--wait'])),
];
