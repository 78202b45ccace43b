/** What an entry of the lab says: `entry.mjs` beside its programs exports one `entry`, or several as `entries`, and lines `notRun`. */

/**
 * @typedef {object} Version one row of the table
 * @property {string} label what is run: `cors 2.8.6 on Express 5.3.0`
 * @property {Record<string, string>} [files] files above the programs, by name: a requirements.txt that says the version
 * @property {Record<string, string>} [packages] npm packages beside the programs: name → name in `packages/package.json`
 *
 * @typedef {object} Started
 * @property {() => Promise<void>} close ends what was started
 *
 * @typedef {object} Entry
 * @property {readonly Version[]} versions
 * @property {string} [programs] folder of the programs, `programs` beside the entry without it
 * @property {'silent'} [upstream] set where the programs are proxies: the application behind them sends no CORS headers
 * @property {readonly string[]} [skips] programs that this version of the server cannot run; each is named by `notRun` too
 * @property {RegExp} [refusal] what a program says that its library stops, where the linter says so in other words
 * @property {readonly string[]} [notRun] what is not run, and why: one line each
 * @property {string} [languageId] of the programs, where the file's name does not tell
 * @property {() => string | undefined} [missing] why it cannot be run on this machine, and how to install it
 * @property {(run: { file: string, port: number }) => Promise<void>} [prepare] puts the ports into a configuration file
 *   that names them, before it is linted
 * @property {(run: { file: string, port: number, folder: string, version: Version }) => Promise<Started>} [start]
 *   resolves once the port accepts connections
 * @property {(run: { file: string, folder: string, version: Version }) => Promise<{ files: string[] } | { error: string
 *   }>} [render] instead of `start`, where the programs deploy something: the files that their tool writes for the
 *   service
 * @property {(policy: object) => string} [pathOf] a path that the policy answers, `/` without it
 * @property {(origin: string | null) => readonly object[]} [requests] the requests of one origin
 * @property {(policy: object, text: string) => readonly { path: string, status: number, throws?: boolean }[]} [errors]
 *   paths that the policy covers and that fail, with the status that the application gives
 * @property {readonly { why: string, headers: readonly string[], when: (request: object, policy: object, received:
 *   object) => boolean }[]} [departures] headers for which an emulator is known to differ from the service that it
 *   stands for, and how that is known
 * @property {(policy: object, request: object, text: string) => boolean} [answers] whether the policy is about this
 *   request; all of them without it
 * @property {true} [preflightsMayFail] what `unhandled-preflight` says of a policy's preflights is replayed, and they are not compared
 * @property {true} [combined] whether a header goes out as one line or as several is the server's own choice, and not the program's
 * @property {true} [unordered] the server keeps lists of names in sets, so that their order means nothing
 * @property {false} [ownStatuses] statuses are not compared: the programs have no route for some of what is asked
 * @property {(programs: string) => readonly string[]} [fill] fills the folder of the programs itself and names those to run
 * @property {() => Promise<readonly { witness: string, rule: string, paths: readonly string[] }[]>} [strangers] who
 *   must not read with cookies here
 * @property {() => Promise<void>} [after] ends what the entry itself has started
 */

export {};
