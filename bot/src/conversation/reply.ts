import type { Cause } from '@coroner/schema/cause';
import type { Confidence } from '@coroner/schema/confidence';
import type { Words } from './words.ts';

export interface Fact {
  label: string;
  words: Words;
}

/** A death that the asker may have meant; its `id` asks for it. */
export interface Choice {
  id: string;
  host: string;
  comm: string;
  diedAt: string;
  pid?: number | undefined;
  /** One sentence on how it ended, which names process, pid, host and time too. */
  summary?: string | undefined;
}

/** A text that is too long for a message: a file, or lines on a terminal. */
export interface Document {
  /** Of the file: `nginx-4121.txt`. */
  name: string;
  title: string;
  text: string;
}

/** A page of the hub: `/deaths/ID`. */
export interface Page {
  kind: 'deaths' | 'incidents' | 'hosts';
  id: string;
  title: string;
}

/** A picture that the hub draws of what a page of it is about. */
export interface Picture {
  of: Page & { kind: 'deaths' | 'incidents' };
  name: string;
  /** For who does not see it. */
  alt: string;
}

/** Values over time, for one drawing: each line as long as `labels`; at most 20 points. */
export interface Series {
  title: string;
  labels: readonly string[];
  unit: string;
  lines: readonly { name: string; values: readonly number[] }[];
}

export interface EvidenceLine {
  at: string | null;
  source: string;
  text: string;
}

/**
 * What Coroner says to one question, whatever the medium. The order of the fields is the order in
 * which they are read: what happened, to whom, why, how sure, what to do, what proves it.
 */
export interface Reply {
  /** `unclear`: the question was not understood; `trouble`: the hub could not be asked. */
  tone: 'answered' | 'listed' | 'not-found' | 'unclear' | 'trouble';
  headline: Words;
  /** The death that this is the verdict of, and of nothing else: it can be looked up anew. */
  verdictOf: string | null;
  /** Something to know before the headline is believed: the death is not from the time asked about. */
  note: Words | null;
  cause: Cause | null;
  confidence: Confidence | null;
  facts: readonly Fact[];
  ruledOut: readonly Words[];
  advice: readonly Words[];
  gaps: readonly string[];
  evidence: readonly EvidenceLine[];
  /** A drawing in text, for letters of one width. */
  chart: readonly string[];
  /** The same to be drawn by a medium that can. */
  series: Series | null;
  choices: readonly Choice[];
  /** What the choices are, such as "Other deaths of that name". */
  choicesTitle: string;
  /** Questions that would be understood. */
  examples: readonly string[];
  document: Document | null;
  picture: Picture | null;
  /** Where the hub shows more. */
  pages: readonly Page[];
}

const silent: Reply = {
  tone: 'answered',
  headline: [],
  verdictOf: null,
  note: null,
  cause: null,
  confidence: null,
  facts: [],
  ruledOut: [],
  advice: [],
  gaps: [],
  evidence: [],
  chart: [],
  series: null,
  choices: [],
  choicesTitle: '',
  examples: [],
  document: null,
  picture: null,
  pages: [],
};

/** A Reply that says `parts` and nothing else. */
export function reply(parts: Pick<Reply, 'tone' | 'headline'> & Partial<Reply>): Reply {
  return { ...silent, ...parts };
}
