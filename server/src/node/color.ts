/** Whether a program writes in colours, as its user says by the environment. */

/**
 * `FORCE_COLOR` counts before `NO_COLOR`, as in Node itself, and both before what the stream is.
 * https://no-color.org, https://nodejs.org/api/tty.html#writestreamgetcolordepthenv
 */
export function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (refused !== undefined && refused !== '') return false;
  return isTerminal && terminal !== 'dumb';
}
