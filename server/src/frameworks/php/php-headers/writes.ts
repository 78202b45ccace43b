/** The ways in which PHP writes headers of a response. */
import type { WaysOfWriting } from '../../../models/handlers/ways-of-writing.ts';

/** Senders of requests, by their usual names. */
const clients = /(client|guzzle|curl|(^|\\)http|browser|pendingrequest)\w*(\(.*\))?$/i;
/** What a client sends. */
const requests = /\$(\w*_?req|\w*request)(->headers)?$/i;

/** What makes a response. */
const makers = /^(response|json|make|noContent|stream|streamDownload|download|\w*Response)$/i;

/** `set_header` of CodeIgniter 3, `addHeader` of OpenCart, `addHeaderLine` of Laminas, `setRawHeader` of Phalcon, `sendHeader`. */
const handsLineOn =
  /^(?!header_remove$|[hH]eader$|(?:assert|expect|see|parse|get|has|is|remove|dont)(?:_|[A-Z]))\w*[hH]eader\w*$/;

export const writes: WaysOfWriting = {
  methods: [
    {
      name: /^(withHeader|withAddedHeader|setHeader|addHeader|set|add)$/i,
      on: requests,
      operation: 'set',
      direction: 'request',
    },
    // Many classes have a method of their own that hands a whole line to `header()`.
    { name: /^header$/i, on: /(?:)/, operation: 'set', line: true },
    { name: handsLineOn, operation: 'set', line: true },
    { name: /^(withAddedHeader|addHeader|appendHeader|addHeaderLine|add)$/i, operation: 'append' },
    { name: /^(withoutHeader|removeHeader|remove)$/i, operation: 'remove' },
    {
      name: /^(set|header|withHeader|setHeader|headerSet|set_header)$/i,
      operation: 'set',
      replaces: { behind: 2, keyword: 'replace' },
    },
  ],
  functions: [
    {
      name: /^header$/i,
      on: 'nothing',
      operation: 'set',
      line: true,
      keyword: 'header',
      replaces: { behind: 1, keyword: 'replace' },
    },
    { name: /^header_remove$/i, on: 'nothing', operation: 'remove', line: true, keyword: 'name' },
  ],
  takers: [
    { name: /^assert/i, is: 'neither' },
    {
      name: /^(wp_remote_\w+|wp_safe_remote_\w+|stream_context_create|curl_setopt\w*|Request|ServerRequest)$/i,
      is: 'request',
    },
    { name: /^(get|post|put|patch|delete|head|options|request|send|withHeaders)$/i, on: clients, is: 'request' },
    { name: makers, is: 'response' },
    { name: /^(withHeaders|add|replace|setHeaders|addHeaders)$/i, is: 'writes' },
  ],
  answers: [{ name: makers }, { name: /^\$next$/, on: 'nothing' }, { name: /^handle$/, on: /handler$/i }],
  requests,
  headersObject: /^\$\w*headers$/i,
  // A variable that is nothing is an empty text behind the header's name.
  sendsNothing: 'empty',
  vary: [{ name: /^setVary$/i }],
};
