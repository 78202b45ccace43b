/** The names under which programs find what the client sent, and their environment. */
export interface RequestWords {
  /** Members that hold the request's headers, in lower case. */
  readonly headerContainers: ReadonlySet<string>;
  /** Names of the request itself. */
  readonly requestNames: RegExp;
  /** Members that are the request, whatever they are a member of: `app.current_request`. */
  readonly requestMembers?: RegExp;
  /** Members of the request that are its Origin. */
  readonly originMembers?: ReadonlySet<string>;
  /** Names of what holds the request or is it. */
  readonly contextNames: RegExp;
  /** Members that hold something else of the client's, in lower case. */
  readonly otherInputs: ReadonlySet<string>;
  /** Members that say the method, in lower case. */
  readonly methodNames: ReadonlySet<string>;
  /** Methods of the headers that are no header's name, in lower case. */
  readonly headerMethods: ReadonlySet<string>;
  /** Methods that read a header or another input by its name from what holds it. */
  readonly getters: RegExp;
  /** The getters read parts of the request, too: `event.get("headers", {})`. */
  readonly partsByKey?: true;
  /** Finds the reading of a setting that is false where nobody sets it: `GetValue<bool>("Open")`. */
  readonly switchReader?: RegExp;
  /** Methods of the headers that say whether one is there. */
  readonly presence?: ReadonlySet<string>;
  /** Methods of the request itself that say whether a header is there. */
  readonly presenceReaders?: RegExp;
  /** What the getters read from the request itself is a field of a form or of the query, and no header. */
  readonly getsInputs?: true;
  /** The method that a call asks for, `isMethod('OPTIONS')`, by the name of what is called and its first argument. */
  readonly methodAsked?: (method: string, argument: string | undefined) => string | undefined;
  /** Of these, those that give a list of values. */
  readonly headerListReaders?: RegExp;
  /** Methods of the request that read a header. */
  readonly headerReaders: RegExp;
  /** Methods of the request that read a field of a form or of the query. */
  readonly inputReaders?: RegExp;
  /** Members of the request that hold a text of the client's whole: its query. */
  readonly wholeInputs?: ReadonlySet<string>;
  /** The member that a method without arguments reads, where members are read so: `getHeaders()` reads `headers`. */
  readonly accessor?: (method: string) => string | undefined;
  /** Functions whose second argument is the header that they read. */
  readonly headerFunctions?: RegExp;
  /** Functions that give the headers. */
  readonly headersFunctions?: RegExp;
  /** Dotted names of what holds environment variables. */
  readonly environments: RegExp;
  /** The same below a parameter. */
  readonly handedEnvironments?: RegExp;
  /** What a variable that holds parts of the request and of the environment beside one another has under this name. */
  readonly mixed?: (container: string, name: string) => 'header' | 'method' | 'environment' | 'other' | undefined;
  /** Methods of these that are no variable's name. */
  readonly environmentMethods: ReadonlySet<string>;
}
