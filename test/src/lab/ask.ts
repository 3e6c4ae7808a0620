import type { Confidence } from '@coroner/schema/confidence';
import { Answer } from '@coroner/schema/http/answer';

/** A hub that can be asked. */
export interface Hub {
  apiUrl: string;
  apiToken: string;
}

const answeredWithinMs = 60_000;

/**
 * Asks the hub about the newest death of a pid, until it answers; a verdict that late evidence (the
 * kernel log, the end of the command that asked for it) may still improve is asked for again until
 * it is as sure as it can be, or proven, or the time is up.
 */
export async function askAbout(
  hub: Hub,
  pid: number,
  { since, atMost, asked }: { since: number; atMost: Confidence; asked: boolean },
): Promise<Answer> {
  const deadline = Date.now() + answeredWithinMs;
  let newest: Answer | null = null;
  let problem = 'no answer yet';
  const settled = ({ verdict, actor }: Answer): boolean =>
    (verdict.confidence === 'proven' || verdict.confidence === atMost) &&
    (!asked || actor?.confidence !== undefined);
  while (Date.now() < deadline) {
    const response = await fetch(`${hub.apiUrl}/v1/why?pid=${pid}`, {
      headers: { authorization: `Bearer ${hub.apiToken}` },
    });
    const body = await response.json();
    if (response.ok) {
      const answer = Answer.parse(body);
      if (Date.parse(answer.death.diedAt) >= since) newest = answer;
      if (newest && settled(newest)) return newest;
    } else problem = `${response.status} ${JSON.stringify(body)}`;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (newest) return newest;
  throw new Error(
    `the hub did not answer for pid ${pid} within ${answeredWithinMs} ms: ${problem}`,
  );
}
