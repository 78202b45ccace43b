/** What the command line needs of the place that it runs in. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly color: boolean;
  /** Standard output is a terminal: somebody looks at it. */
  readonly screen: boolean;
  /** Standard error is a terminal, where a line can be written over. */
  readonly progress: boolean;
  /** All bytes of standard input. */
  readonly stdin: () => Buffer;
}
