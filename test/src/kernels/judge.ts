/** SIGNAL_RESULT_REFUSED of agent/probe/kernel.h. */
const resultRefused = '4';

type Fields = Record<string, string>;

/** What a guest said, a line each: its first word and `KEY=VALUE`s. */
export function guestLines(console: string): { word: string; fields: Fields }[] {
  return [...console.matchAll(/guest: (\S+)(.*)/g)].map(([, word = '', rest = '']) => ({
    word,
    fields: Object.fromEntries(
      [...rest.matchAll(/(\w+)=(\S+)/g)].map(([, key, value]) => [key, value]),
    ),
  }));
}

/** What is wrong with what a guest said; empty when the probe saw both deaths, and the refusal, as they were. */
export function problemsOf(console: string): string[] {
  const lines = guestLines(console);
  const has = (word: string): boolean => lines.some((line) => line.word === word);
  const problems = ['kernel', 'loaded', 'attached', 'end'].flatMap((word) =>
    has(word) ? [] : [`the guest never said "${word}"`],
  );
  const truths = lines.filter(({ word }) => word === 'truth');
  if (truths.length !== 2) problems.push(`the guest caused ${truths.length} deaths of 2`);
  for (const { fields: truth } of truths) {
    const deaths = lines.filter(
      ({ word, fields }) => word === 'death' && fields['pid'] === truth['pid'],
    );
    if (deaths.length !== 1) problems.push(`${truth['name']}: ${deaths.length} records`);
    for (const { fields: death } of deaths)
      for (const field of ['sender', 'status'])
        if (death[field] !== truth[field])
          problems.push(`${truth['name']}: ${field} ${death[field]} in place of ${truth[field]}`);
  }
  const [refused] = lines.filter(({ word }) => word === 'refused');
  const isTold = lines.some(
    ({ word, fields }) =>
      word === 'miss' &&
      fields['result'] === resultRefused &&
      ['sender', 'target', 'signal'].every((field) => fields[field] === refused?.fields[field]),
  );
  if (!refused || !isTold) problems.push('the refused signal was not counted');
  return problems;
}
