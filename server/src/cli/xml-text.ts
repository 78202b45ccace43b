/** Elements as XML 1.0 writes them. Only written, never read: half a page, and no parser beside it. */
import { visible } from '../service/visible-text.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML cannot hold (https://www.w3.org/TR/xml/#charsets) is written as it is shown elsewhere: `\x1b`. */
function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"]/g, (letter) => entities[letter]!);
}

/** One element a line, two blanks deeper than the one around it. A text is the whole content. */
export function element(name: string, attributes: Attributes, content: readonly string[] | string = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  if (content.length === 0) return `<${name}${written}/>`;
  if (typeof content === 'string') return `<${name}${written}>${escaped(content)}</${name}>`;
  return `<${name}${written}>\n${content.join('\n').replaceAll(/^/gm, '  ')}\n</${name}>`;
}

export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}
