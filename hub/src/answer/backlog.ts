/** Fewer are under way at any time. */
const manyMessages = 64;

/** While the hub is behind, a newer death may wait to be judged. */
export function gapsOfBacklog(waitingMessages: number): string[] {
  if (waitingMessages < manyMessages) return [];
  return [
    `the hub is behind: ${waitingMessages} messages of agents wait to be judged, ask again soon`,
  ];
}
