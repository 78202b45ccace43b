/** The ways in which Python writes headers of a response. */
import type { WaysOfWriting } from '../../../models/handlers/ways-of-writing.ts';

/** Senders of requests, by their usual names, and the test clients of frameworks. */
const clients =
  /(^|\.)(requests|httpx|urllib3|aiohttp|session|http|client|test_client|testclient|api_client|scraper)(\(.*\))?$/i;

export const writes: WaysOfWriting = {
  methods: [
    // `urllib.request.Request.add_header`; a client's session holds headers of its own.
    { name: /^(add_header|add_unredirected_header)$/, on: /req(uest)?$/i, operation: 'set', direction: 'request' },
    {
      name: /^(set|add|setdefault|append)$/,
      on: /(^|\.)(session|client|request|req)\.headers$/i,
      operation: 'set',
      direction: 'request',
    },
    // web.py.
    { name: /^header$/, on: /^web$/, operation: 'append' },
    // http.server and Tornado.
    { name: /^(send_header|add_header|append_header|add|append)$/, operation: 'append' },
    // Twisted writes the headers of its answer on the request.
    { name: /^(set_header|setHeader|set|__setitem__)$/, operation: 'set' },
    { name: /^setdefault$/, operation: 'default' },
    { name: /^(delete_header|clear_header|pop|remove)$/, operation: 'remove' },
  ],
  functions: [],
  takers: [
    { name: /^assert/, is: 'neither' },
    {
      name: /^(get|post|put|patch|delete|head|options|request|open|stream|fetch|urlopen|Request)$/,
      on: clients,
      is: 'request',
    },
    { name: /^(Session|Client|AsyncClient|ClientSession|TestClient|Request|urlopen)$/, is: 'request' },
    { name: /^update$/, on: /(^|\.)(session|client|request|req)\.headers$/i, is: 'request' },
    { name: /^(Headers|MutableHeaders|CIMultiDict|MultiDict)$/, is: 'headers' },
    { name: /(Response|^make_response|^jsonify|^HTTPException|^abort)$/, is: 'response' },
    { name: /^(update|extend|set_headers|start_response)$/, is: 'writes' },
  ],
  requests: /(^|\.)(session|client|requests?|req)\.headers$|^(request|req)_headers$/i,
  // What is written to `response.headers` is written to the response; a name alone is an object of headers.
  headersObject: /^\w*headers$/i,
  fields: { name: ['key', 'name'], value: 'value' },
  joins: { calls: { name: /^(dict|copy|deepcopy)$/ }, operator: true },
  // Constants of aiohttp; properties of Werkzeug's responses, and WebOb's `vary`.
  constants: ['hdrs'],
  properties: /\.\s*(access_control_\w+|vary)\s*=(?!=)/g,
  // `None` becomes a text in Flask, Django and http.server, and an error in others.
  sendsNothing: true,
  vary: [{ name: /^(patch_vary_headers|add_vary_header)$/ }, { name: /^(add|update)$/, on: /\.vary$/ }],
};
