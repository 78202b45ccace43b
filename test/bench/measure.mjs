/** How rows measure: the processor's time where that can be had, because other work on the machine hardly counts in it. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** `ours` and `against` are figures in the unit that `what` names, or undefined where nothing is compared. */
export const row = (what, ours, against, goal) => ({ what, ours, against, goal });

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
export const round = (value) => Math.round(value * 100) / 100;

/** Milliseconds of the processor since an earlier `process.cpuUsage()`. */
export function cpuSince(started) {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** What `--profile` adds to the commands of ours. */
export const profileFlags = [];

/** The built command line, as the words of a call. */
export const ours = (...args) => ['node', [...profileFlags, path.resolve('dist/cli.js'), ...args]];

/**
 * User and system seconds of a whole process, as the shell accounts for it, the median of several runs. Short programs run
 * `times` in a row, because the account is kept in hundredths of a second. Fails where the program does: what it says of code
 * ends it with 1, and what ends with more has not done its work.
 */
export function cpuSeconds([command, args], { runs = 3, times = 1, cwd } = {}) {
  const script = `for i in ${'x '.repeat(times)}; do "$0" "$@" >/dev/null || [ $? = 1 ] || exit 2; done; times`;
  const seconds = () => {
    const { stdout, stderr, status, error } = spawnSync('sh', ['-c', script, command, ...args], {
      encoding: 'utf8',
      cwd,
    });
    if (error) throw error;
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
    const [, children = ''] = stdout.split('\n');
    const all = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
    return all.reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0) / times;
  };
  return round(median(Array.from({ length: runs }, seconds)));
}

/** What a program of Node says, and the most memory that it had at once, in MB. */
export function peakMegabytes([, args]) {
  const says = path.resolve('test/bench/say-peak.cjs');
  const { stderr, stdout } = spawnSync('node', ['--require', says, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { stdout, megabytes: Math.round(Number(/peak (\d+) KB/.exec(stderr)[1]) / 1024) };
}
