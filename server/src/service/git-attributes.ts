/**
 * What a repository says of its own files in `.gitattributes`: which are foreign, generated or documentation.
 * https://git-scm.com/docs/gitattributes, https://github.com/github-linguist/linguist/blob/main/docs/overrides.md
 */
import picomatch from 'picomatch';

/** One file of attributes: its folder, and its text. */
export interface AttributesFile {
  readonly folder: string;
  readonly text: string;
}

const asideAttributes = ['linguist-vendored', 'linguist-generated', 'linguist-documentation'];

/** Where attributes of the file at the absolute path may stand, from the outermost folder to its own. */
export function attributesFiles(path: string): readonly string[] {
  const folders = path.split('/').slice(0, -1);
  return folders.map((_, index) => [...folders.slice(0, index + 1), '.gitattributes'].join('/'));
}

/** Whether one of the files, outermost first, sets the path aside. A later line overrules an earlier one, attribute by attribute. */
export function isSetAsideBy(files: readonly AttributesFile[], path: string): boolean {
  const states = new Map<string, boolean>();
  for (const { folder, text } of files) {
    const relative = path.slice(folder.length + 1);
    for (const line of text.split(/\r?\n/)) {
      const [pattern, ...attributes] = line.trim().split(/\s+/);
      const stated = attributes.map(stateOf).filter(({ name }) => asideAttributes.includes(name));
      if (stated.length === 0 || pattern === undefined || !matches(pattern, relative)) continue;
      for (const { name, state } of stated) states.set(name, state);
    }
  }
  return [...states.values()].includes(true);
}

/** `name`, `name=true`, `-name`, `!name`, `name=false`. */
function stateOf(attribute: string): { readonly name: string; readonly state: boolean } {
  const [name = '', value = 'true'] = attribute.replace(/^[-!]/, '').split('=');
  return { name, state: !/^[-!]/.test(attribute) && value !== 'false' };
}

/** A pattern without a slash is one of names at any depth. One that ends with a slash never matches a file. */
function matches(pattern: string, relative: string): boolean {
  if (pattern.startsWith('#') || pattern.startsWith('!') || pattern.endsWith('/')) return false;
  const anchored = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
  return picomatch.isMatch(relative, anchored, { dot: true, nobrace: true, noextglob: true });
}
