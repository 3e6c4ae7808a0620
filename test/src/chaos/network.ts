import { execFileSync } from 'node:child_process';

/** A host of its own behind a cable: a network namespace and a veth pair, made by root. */
export interface Cable {
  /** Of the near end, which servers listen on. */
  address: string;
  /** A command that runs others at the far end. */
  within: string[];
  cut(): void;
  mend(): void;
  /** Drops this share of the packets of both directions, each by chance. */
  lose(share: number): void;
  /** Packets that were dropped so far. */
  lost(): number;
  remove(): void;
}

const ip = (...args: string[]) => execFileSync('ip', args);
const perMille = 1000;

/** `number` from 0 to 63 tells cables of one machine apart: 198.18.0.0/15 is for tests of networks (RFC 2544). */
export function layCable(number: number): Cable {
  const near = `cnear${number}`;
  const far = `cfar${number}`;
  const namespace = `coroner-test-${number}`;
  const subnet = `198.18.${number}`;
  const address = `${subnet}.1`;
  ip('netns', 'add', namespace);
  ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', namespace);
  ip('address', 'add', `${address}/24`, 'dev', near);
  ip('link', 'set', near, 'up');
  ip('-n', namespace, 'address', 'add', `${subnet}.2/24`, 'dev', far);
  ip('-n', namespace, 'link', 'set', far, 'up');
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  return {
    address,
    within: ['ip', 'netns', 'exec', namespace],
    // The far end: taking down the near one would take the address from the server.
    cut: () => void ip('-n', namespace, 'link', 'set', far, 'down'),
    mend: () => void ip('-n', namespace, 'link', 'set', far, 'up'),
    lose(share) {
      const drop = `numgen random mod ${perMille} < ${Math.round(share * perMille)} counter drop`;
      const rules = `table inet coroner_test {
        chain input { type filter hook input priority 0; iifname "${far}" ${drop}; }
        chain output { type filter hook output priority 0; oifname "${far}" ${drop}; }
      }`;
      execFileSync('ip', ['netns', 'exec', namespace, 'nft', '-f', '-'], { input: rules });
    },
    lost() {
      const rules = ip('netns', 'exec', namespace, 'nft', 'list', 'ruleset').toString();
      const counts = [...rules.matchAll(/counter packets (\d+)/g)].map(([, count]) =>
        Number(count),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
    remove() {
      ip('netns', 'delete', namespace);
    },
  };
}
