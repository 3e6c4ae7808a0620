import type { Actor, Origin } from '@coroner/schema/http/answer';
import { type Html, html } from '../html/html.ts';
import { command, facts, hostLink, time } from '../html/words.ts';

/** Who did it, and from where. */
export function actorSection(actor: Actor): Html {
  const ancestry = actor.ancestry.map(({ comm, pid }) => `${comm} (${pid})`);
  return html`<section><h2>Who, and from where</h2>${facts([
    ['Process', `${actor.comm}, pid ${actor.pid}`],
    ['Command line', actor.cmdline.length > 0 ? command(actor.cmdline) : null],
    ['User', actor.user ?? (actor.uid === null ? null : `uid ${actor.uid}`)],
    ['Logged in as', actor.auditUser === actor.user ? null : actor.auditUser],
    ['With', actor.tool?.how],
    ...originFacts(actor.origin),
    [
      'Through',
      actor.through
        ?.map(({ name, from, to }) => `${name}${from && to ? ` from ${from} to ${to}` : ''}`)
        .join(', '),
    ],
    ['Started by', ancestry.length > 0 ? ancestry.join(' ← ') : null],
  ])}</section>`;
}

type Rows = (readonly [string, Html | string | null | undefined])[];

function originFacts(origin: Origin): Rows {
  switch (origin.type) {
    case 'login-session':
      return [
        ['Origin', `login session of ${origin.user}${origin.detached ? ', detached' : ''}`],
        ['Terminal', origin.tty],
        ['From', origin.from],
        [
          'From the host',
          origin.fromHost &&
            html`${hostLink(origin.fromHost.name)}${origin.fromHost.user && `, ${origin.fromHost.user}`}`,
        ],
        ['Since', origin.since && time(origin.since)],
      ];
    case 'cron':
      return [
        [
          'Origin',
          html`cron${origin.file && html`, <code>${origin.file}${origin.line !== null && `:${origin.line}`}</code>`}`,
        ],
        ['Schedule', origin.schedule],
        ['Line', origin.command && html`<code>${origin.command}</code>`],
        ['Next run', origin.nextRun && time(origin.nextRun)],
      ];
    case 'at':
      return [
        ['Origin', `a job of at${origin.user ? ` of ${origin.user}` : ''}`],
        ['Command', origin.command && html`<code>${origin.command}</code>`],
      ];
    default:
      return [
        [
          'Origin',
          `${origin.type === 'unknown' ? 'not known,' : origin.type}${origin.name ? ` ${origin.name}` : ''}`,
        ],
        ['Schedule', origin.schedule],
      ];
  }
}
