import { expect, it } from 'vitest';
import { wentTogether } from './dark.ts';

const dark = (host: string, second: number) => {
  const at = new Date(second * 1000).toISOString();
  return { host, bootId: 'b', lastSeenAt: at, heartbeatAt: at };
};
const names = (groups: ReturnType<typeof wentTogether>) =>
  groups.map((group) => group.map(({ host }) => host));

it('hosts that end within a heartbeat of the next are one group, however long it spreads', () => {
  const spreading = [0, 15, 30, 45].map((second, index) => dark(`a${index}`, second));
  const others = [dark('b0', 200), dark('b1', 205), dark('c0', 400)];
  expect(names(wentTogether([...others, ...spreading]))).toEqual([['a0', 'a1', 'a2', 'a3']]);
});
