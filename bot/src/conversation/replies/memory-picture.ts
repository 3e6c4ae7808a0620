import type { Answer, MemoryStory } from '@coroner/schema/http/answer';
import { printable } from '@coroner/schema/verdict/words/printable';
import type { Picture } from '../reply.ts';
import { memorySeries } from './memory-series.ts';

/** The hub's drawing of the memory before a kill; its words say how each line begins and ends. */
export function memoryPicture(story: MemoryStory, death: Answer['death']): Picture | null {
  const series = memorySeries(story, death);
  if (!series) return null;
  const title = `Memory of ${death.host} before ${printable(death.comm)} (pid ${death.pid}) died`;
  const lines = series.lines.map(
    ({ name, values }) => `${name} ${values[0]} to ${values.at(-1)} ${series.unit}`,
  );
  return {
    of: { kind: 'deaths', id: death.id, title },
    name: `memory-${death.pid}.png`,
    alt: `${title}: ${lines.join(', ')}`,
  };
}
