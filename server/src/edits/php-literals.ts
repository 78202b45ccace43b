/** How PHP writes the values that edits put into its programs. */
import type { Literals } from './literals.ts';
import { originList, quoted } from './program-edits.ts';

const askedText =
  /^\\?(?:str_(?:starts_with|ends_with|contains)|stri?pos|preg_match)\((?:'[^']*',\s*)?(\$[\w>-]+(?:\['\w+'\])?)\s*[,)]/;

/** `['https://a.example']`; a text stands in single quotes, since a dollar sign begins a variable in double ones. */
export const phpLiterals: Literals = {
  quote: () => "'",
  text: quoted,
  list: originList,
  pattern: (source, quote) => quoted(`#${source.replaceAll('#', '\\#')}#`, quote),
  no: 'false',
  comparison(written, origins, quote) {
    const subject = askedText.exec(written)?.[1];
    return subject === undefined ? undefined : `in_array(${subject}, ${originList(origins, quote)}, true)`;
  },
};
