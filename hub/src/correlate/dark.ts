/** A host that is not heard any more, and nothing says why. */
export interface DarkHost {
  host: string;
  bootId: string;
  /** Of its last heartbeat: when JetStream took it, and by the host's own clock. */
  lastSeenAt: string;
  heartbeatAt: string;
}

/** Heartbeats come every 15 s: of hosts that went at once, the last ones lie this close together at most. */
const stepMs = 20_000;
/** One or two hosts go for reasons of their own. */
const fewestTogether = 3;

/**
 * Hosts that went dark together: each within a heartbeat of the next, so that the window is as long
 * as the failure takes to spread. Groups of fewer than three are left out.
 */
export function wentTogether(dark: readonly DarkHost[]): DarkHost[][] {
  const inOrder = [...dark].sort((a, b) => (a.lastSeenAt < b.lastSeenAt ? -1 : 1));
  const groups: DarkHost[][] = [];
  for (const one of inOrder) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const isClose = last && Date.parse(one.lastSeenAt) - Date.parse(last.lastSeenAt) <= stepMs;
    if (group && isClose) group.push(one);
    else groups.push([one]);
  }
  return groups.filter((group) => group.length >= fewestTogether);
}
