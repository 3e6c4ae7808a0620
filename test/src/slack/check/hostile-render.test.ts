import { type Reply, reply } from '@coroner/bot/conversation/reply';
import type { Word, Words } from '@coroner/bot/conversation/words';
import { bodiesOf, type SlackMessage } from '@coroner/bot/slack/render/blocks';
import { renderAlert } from '@coroner/bot/slack/render/render-alert';
import { renderDocument } from '@coroner/bot/slack/render/render-document';
import { renderEvidence } from '@coroner/bot/slack/render/render-evidence';
import { renderReply } from '@coroner/bot/slack/render/render-reply';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleAlert } from '../stage/sample-alert.ts';
import { sampleAnswer } from '../stage/sample-answer.ts';
import { checkMessage } from './message.ts';

/** What processes call themselves on a bad day: markup, mentions, controls, and a lot of it. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '<!channel>',
    '<@UALICE>',
    '@here',
    '&<>',
    '`',
    '```',
    '*',
    '\n',
    '\u0000',
    '🦈',
    '',
  ),
  fc
    .tuple(fc.constantFrom('<!channel> ', '&', '<', 'x', '`', '\n', '🦈'), fc.nat(6000))
    .map(([text, times]) => text.repeat(times)),
);
const word: fc.Arbitrary<Word> = fc.oneof(
  hostile,
  hostile.map((code) => ({ code })),
  fc.oneof(hostile, fc.constant('2026-11-23T03:12:07.120Z')).map((at) => ({ at })),
);
const words: fc.Arbitrary<Words> = fc.array(word, { maxLength: 6 });
const choice = fc.record({
  id: fc.uuid(),
  host: hostile,
  comm: hostile,
  diedAt: hostile,
  summary: hostile,
});
const replies: fc.Arbitrary<Reply> = fc
  .record({
    headline: words,
    note: fc.option(words),
    facts: fc.array(fc.record({ label: fc.constant('Victim'), words }), { maxLength: 8 }),
    ruledOut: fc.array(words, { maxLength: 30 }),
    advice: fc.array(words, { maxLength: 30 }),
    gaps: fc.array(hostile, { maxLength: 30 }),
    evidence: fc.array(fc.record({ at: fc.option(hostile), source: hostile, text: hostile }), {
      maxLength: 60,
    }),
    chart: fc.array(hostile, { maxLength: 20 }),
    series: fc.option(
      fc.record({
        title: hostile,
        labels: fc.uniqueArray(fc.stringMatching(/^\d\d:\d\d$/), { minLength: 2, maxLength: 20 }),
        unit: fc.constant('MiB'),
        lines: fc.array(
          fc.record({
            name: hostile,
            values: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
          }),
          {
            minLength: 1,
            maxLength: 8,
          },
        ),
      }),
    ),
    choices: fc.array(choice, { maxLength: 20 }),
    examples: fc.array(hostile, { maxLength: 3 }),
  })
  .map((parts) =>
    reply({ tone: 'answered', confidence: 'proven', choicesTitle: 'Others', ...parts }),
  );

function acceptable(message: SlackMessage) {
  const asWritten = { parse: 'none', link_names: false };
  for (const body of bodiesOf(message)) {
    const checked = checkMessage({ ...asWritten, ...body, text: body.text || 'x' }, true);
    expect(checked).toMatchObject({ error: null, pings: [] });
  }
}

it('makes messages that Slack accepts and that notify nobody, whatever a reply holds', () => {
  fc.assert(
    fc.property(replies, (value) => {
      acceptable(renderReply(value));
      const evidence = renderEvidence(value);
      if (evidence) acceptable(evidence);
    }),
    { numRuns: 100 },
  );
});

it('makes a message of a document that notifies nobody, whatever it is called', () => {
  fc.assert(
    fc.property(hostile, hostile, (title, text) => {
      acceptable(renderDocument({ name: 'x.txt', title: title || 'x', text }));
    }),
    { numRuns: 100 },
  );
});

it('makes cards that Slack accepts and that notify nobody, whatever an alert holds', () => {
  const victims = fc.array(fc.record({ comm: hostile, count: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      hostile,
      fc.array(hostile, { maxLength: 30 }),
      victims,
      (deaths, text, hosts, named) => {
        const answer = sampleAnswer({ verdict: { summary: text }, death: { comm: text } });
        acceptable(
          renderAlert(sampleAlert('i', deaths, { title: text, hosts, victims: named, answer })),
        );
      },
    ),
    { numRuns: 100 },
  );
});
