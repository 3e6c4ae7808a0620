import type { Process } from '../../process.ts';
import { askedFor } from '../facts/asked.ts';
import { enderOf } from '../facts/ender.ts';
import { workOnUnit } from '../facts/package-work.ts';
import { isServiceManager } from '../facts/service-manager.ts';
import { killRequest, stoppingOf, stopsOf } from '../facts/unit-events.ts';
import { isWatched } from '../facts/watched.ts';
import { askedInWords } from '../words/asked.ts';
import { nameAndPid } from '../words/command.ts';
import { endedBySignal } from '../words/ended.ts';
import { printable } from '../words/printable.ts';
import { inUnit } from '../words/unit.ts';
import type { Rule } from './rule.ts';

/** systemd ended it: the stop of its unit, or a signal that somebody asked systemd to send. */
export const serviceStopped: Rule = {
  find(facts) {
    const ender = enderOf(facts);
    if (!ender || !isServiceManager(ender)) return null;
    const request = killRequest(facts);
    const work = request ? null : workOnUnit(facts);
    const what = request
      ? 'which a client asked to send that signal (systemctl kill)'
      : 'which stopped it';
    const asked = askedInWords(
      askedFor(facts, 'service-manager'),
      '; systemd does not record who asked',
    );
    return {
      cause: 'service-stopped',
      // That it ended for the signal is less sure where it caught it, unless systemd says so too.
      confidence: stoppingOf(facts) ? 'proven' : (facts.decisive?.certainty ?? 'proven'),
      clause: `${endedBySignal(facts)} by systemd, ${what}${inUnit(facts)}${work?.words ?? ''}${asked.clause}`,
      actor: asked.actor ?? ender,
      ...asked.certainty,
      cites: [...(request ? [request] : stopsOf(facts)), ...(work?.cites ?? []), ...asked.cites],
    };
  },
  ruledOut(facts) {
    const ender = enderOf(facts);
    const { unit } = facts.victim;
    if (ender && isServiceManager(ender)) return [];
    const isUnsaid = unit && isWatched(facts, ['journal']) && stopsOf(facts).length === 0;
    const said = isUnsaid ? `systemd's log has no stop of ${printable(unit)}` : null;
    const sent = ender && `the signal came from ${nameAndPid(ender)}, ${notSystemd(ender)}`;
    const because = [sent, said].filter((reason) => reason !== null).join('; ');
    return because === '' ? [] : [{ cause: 'service-stopped', because }];
  },
};

const notSystemd = ({ comm }: Process): string =>
  comm === 'systemd' ? 'which is not the service manager' : 'not from systemd';
