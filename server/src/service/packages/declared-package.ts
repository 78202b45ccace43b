/** What a build says of one package of Maven. */
export interface Declared {
  readonly group: string;
  /** Without the version of Scala that it is compiled for. */
  readonly artifact: string;
  /** As written: `5.3.20`, `${spring.version}`, `$springVersion`. */
  readonly version: string;
}
