/** What the command line tells its caller. */
export const exitStatus = { answered: 0, noSuchDeath: 1, usageOrUnreachable: 2 } as const;
