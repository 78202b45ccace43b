/**
 * The characters beside letters, digits, hyphens and dots that a page's host may hold. Nobody can register a name with one of
 * them, but whoever runs a domain can have any label below it: `https://example.com_.evil.net`.
 *
 * Measured with Chromium 156, which keeps them in a URL and sends them in `Origin`; `npm run test:browser` asks again. `*`
 * becomes `%2A` there, and `% # / : < > ? @ [ \ ] ^ |` end the host or are refused, as
 * https://url.spec.whatwg.org/#forbidden-domain-code-point
 * has it. The underscore comes first: it is the one in common use.
 */
export const specialHostCharacters = '_!$&\'()+,;=~`{}"';
