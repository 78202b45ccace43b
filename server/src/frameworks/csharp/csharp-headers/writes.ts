/** How programs of C# write response headers: ASP.NET Core, OWIN, Web API, ASP.NET, `HttpListener`, functions of Azure and Lambda. */
import type { WaysOfWriting } from '../../../models/handlers/ways-of-writing.ts';

/** A client's request: `HttpRequestMessage`, `HttpClient`, `HttpWebRequest`, RestSharp. */
const requests = new RegExp(
  String.raw`DefaultRequestHeaders$|(^|\.)(request|req|(http|web|rest)Request|(http)?RequestMessage|message|client)` +
    String.raw`(\.Headers|\.Content\.Headers)?$`,
  'i',
);

export const writes: WaysOfWriting = {
  methods: [
    {
      name: /^(Add|Append|Set|TryAddWithoutValidation|AddHeader|AddOrUpdateHeader)$/,
      on: requests,
      operation: 'set',
      direction: 'request',
    },
    {
      name: /^(Add|Append|AddHeader|WithHeader|AppendHeader|AppendValues|TryAddWithoutValidation|AppendCommaSeparatedValues)$/,
      operation: 'append',
    },
    { name: /^TryAdd$/, operation: 'default' },
    { name: /^(Remove|RemoveHeader)$/, operation: 'remove' },
    { name: /^(Set|SetHeader|SetValues|SetCommaSeparatedValues)$/, operation: 'set' },
  ],
  functions: [{ name: /^(AddHeader|AppendHeader|SetHeader)$/, operation: 'set' }],
  takers: [],
  requests,
  // `response.Headers` belongs to the response beside it.
  headersObject: /(?!)/,
  constants: ['HeaderNames', 'CorsConstants'],
  named: /\b(?:[A-Z]\w*\s*\.\s*)?[A-Z]\w*(?:Origin|Credentials|Methods|Headers|MaxAge|Vary)\w*\b/g,
  properties:
    /\.\s*(AccessControl(?:Allow(?:Origin|Credentials|Methods|Headers)|ExposeHeaders|MaxAge)|Vary)\s*=(?![=>])/g,
  vary: [],
};
