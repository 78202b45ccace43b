/** Headers of the answer that nginx writes on the request instead: `proxy_set_header` and its relatives. */
import type { Directive, Word } from '../../../syntax/directives/directives.ts';
import type { RequestStatement } from '../../../models/servers/request-headers.ts';

/** What a directive writes on the request that nginx hands on. */
export function onRequest({ name, args }: Directive): RequestStatement[] {
  const [first, value] = args;
  if (/^(proxy|grpc)_set_header$|^(fastcgi|uwsgi|scgi)_param$/.test(name)) {
    // Without a value the header is taken away.
    if (!first || !value || value.text === '') return [];
    const header = { ...first, text: first.text.replace(/^HTTP_/, '').replaceAll('_', '-') };
    return [{ header, by: name, instead: 'add_header' }];
  }
  if (name !== 'more_set_input_headers') return [];
  return args.flatMap((word) => {
    const header = nameBeforeColon(word);
    return header ? [{ header, by: name, instead: 'more_set_headers' }] : [];
  });
}

/** `Name: value` in one word. */
function nameBeforeColon(word: Word): Word | undefined {
  const name = /^([\w-]+)\s*:\s*\S/.exec(word.text)?.[1];
  if (name === undefined) return undefined;
  const { start } = word.contentRange;
  return { ...word, text: name, contentRange: { start, end: start + name.length } };
}
