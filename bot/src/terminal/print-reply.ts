import type { Confidence } from '@coroner/schema/confidence';
import { printable, shortened } from '@coroner/schema/verdict/words/printable';
import pc from 'picocolors';
import { sure } from '../conversation/replies/sure.ts';
import type { Reply } from '../conversation/reply.ts';
import { sentence } from '../conversation/words.ts';
import { localTime, plainWords } from './plain-words.ts';
import { wrapped } from './wrapped.ts';

export interface Paper {
  colour: boolean;
  /** Columns; lines are wrapped to it. */
  width: number;
  timezone: string;
}

const shownEvidence = 20;
const longestEvidence = 600;
const labelWidth = 13;

/** A Reply as lines of text, ended by a newline. With `colour` false it holds no escape code at all. */
export function printReply(reply: Reply, paper: Paper): string {
  const ink = pc.createColors(paper.colour);
  const ticked = (text: string) => `\`${text}\``;
  const code = (text: string) => {
    if (paper.colour) return ink.cyan(text);
    return text.includes(' ') ? ticked(text) : text;
  };
  const style = { code, timezone: paper.timezone };
  const words = (text: Parameters<typeof plainWords>[0]) => plainWords(text, style);
  const lines: string[] = [];
  const put = (label: string, text: string) =>
    lines.push(wrapped(`${ink.dim(label.padEnd(labelWidth))}${text}`, paper.width, labelWidth));
  const list = (label: string, items: readonly string[]) => {
    items.forEach((item, index) => {
      put(index === 0 ? label : '', item);
    });
  };

  if (reply.note) lines.push(wrapped(ink.yellow(words(reply.note)), paper.width, 0), '');
  // Without colour the hub's sentence stands as it came, backquotes and all.
  const headline = paper.colour
    ? words(reply.headline)
    : plainWords(reply.headline, { ...style, code: ticked });
  lines.push(wrapped(ink.bold(headline), paper.width, 0));
  if (reply.facts.length > 0 || reply.confidence) lines.push('');
  for (const fact of reply.facts) put(fact.label, words(fact.words));
  if (reply.confidence)
    put('How sure', confidenceInk(reply.confidence, ink)(sure[reply.confidence]));
  list('Ruled out', reply.ruledOut.map(words));
  list('Blind spots', reply.gaps.map(printable));
  list('Advice', reply.advice.map(words));
  const shown = reply.evidence.slice(0, shownEvidence);
  list(
    'Evidence',
    shown.map(({ at, source, text }) => {
      const when = at ? `${localTime(at, paper.timezone)} ` : '';
      return `${when}${ink.dim(printable(source))} ${shortened(printable(text), longestEvidence)}`;
    }),
  );
  if (reply.evidence.length > shown.length) {
    put('', `… and ${reply.evidence.length - shown.length} more: coroner why … --json`);
  }
  if (reply.chart.length > 0) lines.push('', ...reply.chart.map(printable));
  if (reply.document) lines.push('', ...reply.document.text.split('\n').map(printable));
  if (reply.choices.length > 0) lines.push('', ink.dim(`${reply.choicesTitle}:`));
  reply.choices.forEach(({ comm, host, diedAt, summary }, index) => {
    const name = `${code(printable(comm))} on ${code(printable(host))}`;
    const when = localTime(diedAt, paper.timezone);
    const line = summary ? `${when}: ${words(sentence(summary))}` : `${name}, ${when}`;
    lines.push(wrapped(`  ${index + 1}. ${line}`, paper.width, 5));
  });
  if (reply.examples.length > 0) lines.push('', ink.dim('Ask, for example:'));
  for (const example of reply.examples) lines.push(`  ${example}`);
  return `${lines.join('\n')}\n`;
}

function confidenceInk(confidence: Confidence, ink: ReturnType<typeof pc.createColors>) {
  if (confidence === 'proven') return ink.green;
  return confidence === 'likely' ? ink.yellow : ink.red;
}
