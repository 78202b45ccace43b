/** What ends a lint from outside. */

/** Thrown by `pause`: nobody waits for this lint any more. */
export class Stopped extends Error {}
