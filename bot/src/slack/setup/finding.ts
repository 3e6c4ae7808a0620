/** One thing that a set-up needs, and whether it is there. */
export interface Finding {
  what: string;
  /** `limited`: the bot works, and something is missing. */
  state: 'good' | 'limited' | 'wrong';
  detail: string;
  /** What to do about it. */
  remedy: string | null;
}

export const good = (what: string, detail: string): Finding => ({
  what,
  state: 'good',
  detail,
  remedy: null,
});

export const wrong = (what: string, detail: string, remedy: string): Finding => ({
  what,
  state: 'wrong',
  detail,
  remedy,
});

export const limited = (what: string, detail: string, remedy: string): Finding => ({
  what,
  state: 'limited',
  detail,
  remedy,
});
