/** Slack's limits, and the lower ones that we keep so that a message is never refused. Characters, escaped. */
export const limits = {
  sectionText: 2900,
  contextText: 1900,
  buttonText: 70,
  /** Top-level text: notifications and screen readers. */
  text: 3000,
  /** Plain text that takes the place of blocks which Slack refused. */
  plainText: 3900,
  blocks: 45,
  /** All blocks of one message; Slack answers `msg_blocks_too_long` from about 13,200 on. */
  allBlocks: 11_000,
  buttons: 5,
} as const;
