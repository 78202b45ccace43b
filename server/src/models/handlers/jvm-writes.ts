/** How programs of Java write response headers: servlets, Spring, JAX-RS, `HttpServer` of the JDK, Vert.x, Javalin, Spark. */
import type { WaysOfWriting } from './ways-of-writing.ts';

export const writes: WaysOfWriting = {
  methods: [
    // What a client sends: `HttpRequest.newBuilder().header(…)`, `connection.setRequestProperty(…)`.
    { name: /^(setRequestProperty|addRequestProperty)$/, operation: 'set', direction: 'request' },
    {
      name: /^(header|setHeader|headers)$/,
      on: /newBuilder\(|[rR]equestBuilder\b|\bRequest\.(Get|Post|Put)\(/,
      operation: 'set',
      direction: 'request',
    },
    { name: /^(addHeader|add|append|addResponseHeader)$/, operation: 'append' },
    { name: /^(removeHeader|remove)$/, operation: 'remove' },
    { name: /^(putIfAbsent|setIfAbsent|addIfAbsent)$/, operation: 'default' },
    { name: /^(setHeader|set|putHeader|putSingle|put|replace|setResponseHeader|response\.header)$/, operation: 'set' },
    // A context sets it, builders of responses and Spark's response add to it.
    { name: /^header$/, on: /^(ctx|context|c)$/, operation: 'set' },
    { name: /^header$/, operation: 'append' },
  ],
  functions: [{ name: /^(setHeader|addHeader|header)$/, operation: 'set' }],
  takers: [],
  requests: /request\w*Headers$|httpGet|httpPost|restTemplate|httpHeadersOfRequest/i,
  headersObject: /headers(\(\))?$/i,
  constants: ['HttpHeaders', 'HttpHeaderNames', 'CorsHeaders', 'Header'],
  named: /\b(?:[A-Z]\w*\s*\.\s*)?[A-Z0-9_]*(?:ORIGIN|CREDENTIALS|METHODS|HEADERS|AGE|VARY|ACA[OCMH]|ACEH)S?\b/g,
  // Spring's `HttpHeaders`.
  setters: /\.\s*set(AccessControl(?:Allow(?:Origin|Credentials|Methods|Headers)|ExposeHeaders|MaxAge))\s*\(/g,
  vary: [{ name: /^(varyBy|setVary)$/ }],
};
