/** Colours of what is written for people. */
import { styleText } from 'node:util';

export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

export const severityColors = { error: 'red', warning: 'yellow', information: 'blue' } as const;

/** Whether there are colours is decided once, by the call and its environment, and not again by each text. */
export function styleFor(color: boolean): Style {
  return color ? (format, text) => styleText(format, text, { validateStream: false }) : (_format, text) => text;
}

/** A unified diff as git colours it. */
export function styledPatch(patch: string, style: Style): string {
  return patch
    .split('\n')
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return style('bold', line);
      if (line.startsWith('@@')) return style('cyan', line);
      return line.startsWith('+') ? style('green', line) : line.startsWith('-') ? style('red', line) : line;
    })
    .join('\n');
}
