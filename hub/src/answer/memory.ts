import type { EventOf } from '@coroner/schema/event/event';
import type { Answer, MemoryStory } from '@coroner/schema/http/answer';
import type { Queryable } from '../store/database.ts';
import { eventBody } from '../store/events/event-body.ts';

/** The series behind the story that the answer cites: too long to be kept with every revision of it. */
export async function memoryOf(
  on: Queryable,
  { evidence }: Pick<Answer, 'evidence'>,
): Promise<MemoryStory | null> {
  const cited = evidence.find(({ kind }) => kind === 'memory-story');
  const body = cited && (await eventBody(on, cited.eventId));
  if (body?.kind !== 'memory-story') return null;
  return storyOf(body);
}

function storyOf(event: EventOf<'memory-story'>): MemoryStory {
  const { id: eventId, times, totalKb, availableKb, swapTotalKb, swapFreeKb } = event;
  const { pressureSome, pressureFull, processes, cgroups } = event;
  return {
    ...{ eventId, times, totalKb, availableKb, swapTotalKb, swapFreeKb },
    ...{ pressureSome, pressureFull, processes, cgroups },
  };
}
