/** Spans of time of Go, which are counted in nanoseconds. See https://pkg.go.dev/time#Duration */
import type { TimeUnit } from '../../models/libraries/time-unit.ts';

/** `12 * time.Hour`; where the package is not named yet, its import would be missing. */
export const duration: TimeUnit = {
  perSecond: 1e9,
  written: (seconds, before) => {
    const unit = /\b(\w+)\.(?:Second|Minute|Hour|Millisecond|Duration)\b/.exec(before)?.[1];
    if (unit === undefined) return undefined;
    return seconds % 3600 === 0 ? `${seconds / 3600} * ${unit}.Hour` : `${seconds} * ${unit}.Second`;
  },
};
