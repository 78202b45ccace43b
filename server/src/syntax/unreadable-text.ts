/** A text that a reader gives up on. */

/** The message says why, in words, for people. Everything else that a reader throws is a mistake of ours. */
export class UnreadableText extends Error {}
