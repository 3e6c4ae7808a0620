import type { IncidentDetail } from '@coroner/schema/http/incidents';
import { lanesOfHosts } from '../charts/lanes.ts';
import { type Html, html } from '../html/html.ts';
import { causeName, deathPath, facts, hostLink, sureness, time } from '../html/words.ts';
import { actionsSection } from './actions.ts';
import { actorSection } from './actor.ts';
import { evidenceSection } from './death.ts';
import { deathsTable, timelineTable } from './rows.ts';

const mostHosts = 20;
const mostNames = 10;

/** Deaths that belong together: who did it, all that happened around them on one axis, the evidence. */
export function incidentPage(incident: IncidentDetail): Html {
  const { answer, victims, blastRadius, members, timeline, deaths } = incident;
  return html`<h1>${incident.title}</h1>
<p class="verdict">${answer.verdict.summary}</p>
<p>${causeName(incident.cause)} ${sureness(answer.verdict.confidence)} <a href="${deathPath(incident.deathId)}">the first death</a></p>
<div class="columns">
<section><h2>What it hit</h2>${facts([
    ['Deaths', String(deaths)],
    ['First', time(incident.firstAt)],
    ['Last', time(incident.lastAt)],
    ['Hosts', html`${listed(incident.hosts, mostHosts, hostLink)}`],
    [
      'Programs',
      victims
        .slice(0, mostNames)
        .map(({ comm, count }) => `${comm} (${count})`)
        .join(', '),
    ],
    ['Units', html`${listed(blastRadius.units, mostNames, (unit) => html`${unit}`)}`],
    [
      'Containers',
      blastRadius.containers.length > 0 ? String(blastRadius.containers.length) : null,
    ],
    ['Owners', blastRadius.users.slice(0, mostNames).join(', ')],
  ])}</section>
${answer.actor && actorSection(answer.actor)}
</div>
${actionsSection(incident)}
<section><h2>What happened around it</h2>
${lanesOfHosts(timeline)}
${timelineTable('Timeline, by the clock of the hub', timeline)}
</section>
${evidenceSection(answer.evidence)}
<section><h2>Deaths</h2>${deathsTable(
    members.length < deaths ? `The first ${members.length} of ${deaths} deaths` : 'All deaths',
    members,
  )}</section>`;
}

function listed(names: readonly string[], most: number, show: (name: string) => Html): Html[] {
  const shown = names.slice(0, most).map((name, index) => html`${index > 0 && ', '}${show(name)}`);
  return names.length > most ? [...shown, html` and ${names.length - most} more`] : shown;
}
