import type { Carrier } from './incident-board.ts';

/** One message of the stream for several takers: it is acknowledged once all of them have its state. */
export function share<Taker>(carrier: Carrier, takers: readonly Taker[]): [Taker, Carrier][] {
  let left = takers.length;
  return takers.map((taker) => {
    let isDone = false;
    const ack = () => {
      if (isDone) return;
      isDone = true;
      left -= 1;
      if (left === 0) carrier.ack();
    };
    return [taker, { ack, working: carrier.working, redelivered: carrier.redelivered }];
  });
}
