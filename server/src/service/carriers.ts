/**
 * Endings behind a file's own ending: what is copied before it is used (`nginx.conf.sample`), and what is filled in
 * (`haproxy.cfg.j2`).
 */

/** The file is used as it stands once it has been copied. */
const copies = ['sample', 'dist', 'example', 'default'];
/** A program writes the file from it. */
const templates = [
  ...['in', 'j2', 'jinja', 'jinja2', 'erb', 'epp', 'ejs', 'tpl', 'tmpl', 'gotmpl', 'ctmpl', 'tftpl'],
  ...['template', 'sigil', 'mustache', 'hbs'],
];
const copyEnding = new RegExp(`[._-](${copies.join('|')})$`, 'i');
const templateEnding = new RegExp(`\\.(${templates.join('|')})$`, 'i');

/** What is carried: the path without the last ending. */
export interface Carried {
  readonly path: string;
  /** It is filled in before it is used. */
  readonly template: boolean;
}

/** Undefined for a file that is used as it stands. */
export function carriedBy(path: string): Carried | undefined {
  const template = templateEnding.test(path);
  const written = path.replace(template ? templateEnding : copyEnding, '');
  // `.env.example` keeps its name, and a folder is no name.
  return written === path || /(^|\/)$/.test(written) ? undefined : { path: written, template };
}

/** Globs of files that carry one with such an ending, or one of these names. */
export function carriedGlobs(endings: readonly string[], names: readonly string[]): string[] {
  const filledIn = `.{${templates.join(',')}}`;
  const copied = `{.,-,_}{${copies.join(',')}}`;
  return [`*.{${endings.join(',')}}`, `{${names.join(',')}}*`].flatMap((name) => [
    `**/${name}${filledIn}`,
    `**/${name}${copied}`,
  ]);
}
