/** systemd's catalogue of message ids, src/systemd/sd-messages.h. */
export const coredumpId = 'fc2e22bc6ee647b6b90729ab34a250b1';
export const oomdKillId = 'd989611b15e44c9dbf31e3c81256e4ed';
export const processExitId = '98e322203f7a4ed290d09fe03c09fe15';
export const shutdownId = '98268866d1d54a499c4e98921d93bc40';

/** What happened to the unit, by message id. */
export const unitStates: ReadonlyMap<string, string> = new Map([
  ['7d4958e842da4a758f6c1cdc7b36dcc5', 'starting'],
  ['39f53479d3a045ac8e11786248231fbf', 'started'],
  ['be02cf6855d2428ba40df7e9d022f03d', 'start-failed'],
  ['de5b426a63be47a7b6ac3eaac82e2f6f', 'stopping'],
  ['9d1aaa27d60140bd96365438aad20286', 'stopped'],
  ['5eb03494b6584870a536b337290809b3', 'restarting'],
  ['d9b373ed55a64feb8242e02dbe79a49c', 'failed'],
  ['7ad2d189f7e94e70a38c781354912448', 'stopped'],
  ['fe6faa94e7774663a0da52717891d8ef', 'oom'],
  ['641257651c1b4ec9a8624d7a40a9e1e7', 'exec-failed'],
  [processExitId, 'process-exited'],
]);

const successId = '7ad2d189f7e94e70a38c781354912448';

/** The result that the id itself says, where the record has no UNIT_RESULT. */
export function resultOf(messageId: string): string | null {
  return messageId === successId ? 'success' : null;
}
