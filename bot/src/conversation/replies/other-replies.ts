import { HubError } from '@coroner/schema/client/hub-error';
import type { DeathPage } from '@coroner/schema/http/pages';
import type { Problem } from '@coroner/schema/http/problem';
import type { Question } from '../../question/question.ts';
import { type Reply, reply } from '../reply.ts';
import { sentence, type Word, type Words } from '../words.ts';

const examples = ['why did nginx die on web-3 last night?', 'who killed pid 4121 on db-2?'];

/** No death matches: what the hub says to that, and the nearest deaths. */
export function notFoundReply(problem: Problem): Reply {
  return reply({
    tone: 'not-found',
    headline: sentence(asSentence(problem.detail || problem.title)),
    gaps: problem.gaps ?? [],
    choices: problem.candidates ?? [],
    choicesTitle: 'The nearest deaths',
  });
}

/** A question without a name: the newest deaths there and then. */
export function listReply(question: Question, page: DeathPage): Reply {
  const where: Words = question.host ? [' on ', { code: question.host }] : [];
  const when = question.when ? ` (${question.when.phrase})` : '';
  if (page.items.length === 0) {
    return reply({
      tone: 'not-found',
      headline: ['No death is recorded', ...where, `${when}.`],
      examples,
    });
  }
  return reply({
    tone: 'listed',
    headline: ['The newest deaths', ...where, `${when}: which one do you mean?`],
    choices: page.items.map(({ id, host, comm, diedAt, pid, summary }) => ({
      id,
      host,
      comm,
      diedAt,
      pid,
      summary,
    })),
    choicesTitle: 'Newest first',
  });
}

/** Nothing to look for was found in the question: say what was understood, and how to ask. */
export function unclearReply(question: Question): Reply {
  const understood: Word[] = [];
  if (question.host) understood.push(' host ', { code: question.host });
  if (question.when) understood.push(` time "${question.when.phrase}"`);
  return reply({
    tone: 'unclear',
    headline:
      understood.length > 0
        ? ['I understood', ...understood, ', but not which process died.']
        : ['I look up why a process died, and did not find a process, a pid or a host in that.'],
    examples,
  });
}

/** "Why did the host reboot", and none was talked about. */
export function whichHostReply(): Reply {
  return reply({
    tone: 'unclear',
    headline: ['I understood that you ask about a host, but not about which one.'],
    examples: ['why did web-3 reboot last night?', 'is db-2 down?'],
  });
}

export function troubleReply(error: unknown): Reply {
  const message =
    error instanceof HubError
      ? error.message
      : `Something went wrong in the bot: ${error instanceof Error ? error.message : String(error)}`;
  return reply({ tone: 'trouble', headline: ['I cannot answer now. ', message] });
}

function asSentence(text: string): string {
  const ended = /[.!?]$/.test(text) ? text : `${text}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}
