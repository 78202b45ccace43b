/** Units of time in which libraries take the maximum age. */

/** A span of time in other units than seconds. What is left over is cut off. */
export interface TimeUnit {
  readonly perSecond: number;
  /** So many seconds as they are written into the program, from what stands there; undefined where that needs more than this place. */
  readonly written: (seconds: number, before: string) => string | undefined;
}
