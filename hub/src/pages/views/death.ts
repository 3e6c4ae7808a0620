import type { Answer, Evidence } from '@coroner/schema/http/answer';
import type { DeathDetail } from '@coroner/schema/http/death-detail';
import type { DeathRow } from '@coroner/schema/http/pages';
import { duration } from '@coroner/schema/verdict/words/duration';
import { memory } from '@coroner/schema/verdict/words/memory';
import { memoryBefore } from '../charts/memory.ts';
import { type Html, html } from '../html/html.ts';
import {
  causeName,
  command,
  facts,
  hostLink,
  incidentPath,
  sureness,
  table,
  time,
} from '../html/words.ts';
import { actorSection } from './actor.ts';
import { deathsTable } from './rows.ts';

const bytesPerKibi = 1_024;

/** One death: the verdict, who did it and from where, memory before it, the evidence. */
export function deathPage(detail: DeathDetail, before: readonly DeathRow[]): Html {
  const { verdict, death, actor, related, memory: story } = detail;
  return html`<h1>Why ${death.comm} died on ${death.host}</h1>
<p class="verdict">${verdict.summary}</p>
<p>${causeName(verdict.cause)} ${sureness(verdict.confidence)} ${
    detail.expected && html`<span class="expected">expected: ${detail.expected.reason}</span>`
  }${
    related.incidentId !== null &&
    html` <a href="${incidentPath(related.incidentId)}">its incident${
      related.sameActor > 0 && `, with ${related.sameActor} more by the same process`
    }</a>`
  }</p>
${verdict.advice.length > 0 && html`<section><h2>What to do</h2><ul>${verdict.advice.map((line) => html`<li>${line}</li>`)}</ul></section>`}
<div class="columns">
<section><h2>The process</h2>${processFacts(death)}</section>
${actor && actorSection(actor)}
</div>
${story && html`<section><h2>Memory before it</h2>${memoryBefore(story)}</section>`}
${evidenceSection(detail.evidence)}
${circumstances(detail)}
${before.length > 0 && html`<section><h2>It happened before</h2>${deathsTable(`Earlier deaths of ${death.comm}, the newest first`, before)}</section>`}
${history(detail)}`;
}

function processFacts(death: Answer['death']): Html {
  const lived =
    death.startedAt === null
      ? null
      : duration(Math.max(0, Date.parse(death.diedAt) - Date.parse(death.startedAt)));
  return facts([
    ['Host', hostLink(death.host)],
    ['Died', time(death.diedAt)],
    ['By the clock of the hub', death.happenedAt && time(death.happenedAt)],
    ['Process', death.pid === 0 ? death.comm : `${death.comm}, pid ${death.pid}`],
    ['Command line', death.cmdline.length > 0 ? command(death.cmdline) : null],
    ['Executable', death.exe && html`<code>${death.exe}</code>`],
    ['User', death.user ?? (death.uid === null ? null : `uid ${death.uid}`)],
    ['Started', death.startedAt && html`${time(death.startedAt)}, lived ${lived}`],
    [
      'Ended with',
      death.signal ?? (death.exitCode === null ? null : `exit code ${death.exitCode}`),
    ],
    [
      'Peak memory',
      death.peakRssBytes === null ? null : memory(Math.round(death.peakRssBytes / bytesPerKibi)),
    ],
    ['Unit', death.unit],
    ['Container', death.container],
    ['Cgroup', death.cgroup && html`<code>${death.cgroup}</code>`],
  ]);
}

export const evidenceSection = (evidence: readonly Evidence[]): Html =>
  html`<section><h2>Evidence</h2>${table(
    'What says so',
    ['Time', 'Source', 'Kind', 'What it says'],
    evidence.map(
      ({ at, source, kind, text }) =>
        html`<tr><td>${at === null ? 'not known' : time(at)}</td><td>${source}</td><td>${kind}</td><td>${text}</td></tr>`,
    ),
  )}</section>`;

function circumstances({ verdict, related, gaps, nearMisses = [] }: DeathDetail): Html {
  const chain = related.chain ?? [];
  return html`${
    chain.length > 0 &&
    html`<section><h2>What may have led to it</h2><ul>${chain.map(({ text }) => html`<li>${text} (possible)</li>`)}</ul></section>`
  }${
    nearMisses.length > 0 &&
    html`<section><h2>Signals that came to nothing</h2><ul>${nearMisses.map(({ text }) => html`<li>${text}</li>`)}</ul></section>`
  }${
    verdict.ruledOut.length > 0 &&
    html`<section><h2>Ruled out</h2><ul>${verdict.ruledOut.map(({ cause, because }) => html`<li>${causeName(cause)}: ${because}</li>`)}</ul></section>`
  }${
    gaps.length > 0 &&
    html`<section><h2>Blind spots</h2><ul>${gaps.map((gap) => html`<li>${gap}</li>`)}</ul></section>`
  }${
    related.nextRuns &&
    related.nextRuns.length > 0 &&
    html`<section><h2>It will run again</h2><ul>${related.nextRuns.slice(0, 10).map(({ host, file, line, at }) => html`<li>${time(at)} on ${hostLink(host)}, <code>${file}:${line}</code></li>`)}</ul></section>`
  }`;
}

const history = ({ history: earlier }: DeathDetail): Html | false =>
  earlier.length > 0 &&
  html`<section><h2>What was said before</h2><ol>${earlier.map(
    ({ replacedAt, verdict }) =>
      html`<li>until ${time(replacedAt)}: ${causeName(verdict.cause)} ${sureness(verdict.confidence)} ${verdict.summary}</li>`,
  )}</ol></section>`;
