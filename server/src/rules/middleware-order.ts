/** The CORS middleware comes too late. */
import type { Fact } from '../policy/policy.ts';
import { defineRule } from './rule.ts';
import type { Report } from './rule.ts';
import { unsafe } from './fixes.ts';

export const rule = defineRule({
  id: 'middleware-order',
  title: 'The CORS middleware comes too late',
  description:
    'Express runs middleware and routes in the order in which they are registered: a route before the ' +
    'CORS middleware answers without its headers. Starlette and FastAPI run the middleware that was ' +
    'added last before all others: one that is added after `CORSMiddleware` and answers by itself ' +
    'does so without its headers. What an earlier middleware of Express set stays where a later one ' +
    'says nothing, so that a list on a route keeps nobody out behind one that lets everybody in. The ' +
    'middleware function itself, handed over without being called, never passes a request on, and one ' +
    'that is made and not registered writes no header. NestJS adds nothing to routes once the server has ' +
    'started, and a plugin of Fastify covers nothing outside of itself. A decorator of Flask above the ' +
    'one that registers the view wraps a function that nobody calls, and Django asks its middlewares in ' +
    'the order of their list. In ASP.NET Core authorization refuses a preflight that is not answered before it, ' +
    'and a policy that no middleware and no endpoint asks for is sent to nobody. A layer of axum covers the routes that stand above it, ' +
    'and a router of chi that has a route takes no middleware.',
  severity: 'warning',
  profile: 'default',
  fix: 'none',
  specification: 'https://expressjs.com/en/guide/using-middleware.html',
  since: '0.1.0',
  bad: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.get('/api/items', (req, res) => res.json([]));
app.use(cors({ origin: 'https://app.example.com' }));
`,
  },
  good: {
    file: 'server.js',
    code: `const app = require('express')();
const cors = require('cors');
app.use(cors({ origin: 'https://app.example.com' }));
app.get('/api/items', (req, res) => res.json([]));
`,
  },
  *fact(fact) {
    if (fact.kind === 'middleware-not-called') yield notCalled(fact);
    if (fact.kind === 'middleware-not-used') yield notUsed(fact);
    if (fact.kind !== 'middleware-order') return;
    if (fact.order === 'last-runs-first') yield addedTooEarly(fact);
    else if (fact.order === 'opened-before') yield openedBefore(fact);
    else if (fact.order === 'after-start') yield afterStart(fact);
    else if (fact.order === 'scope-of-its-own') yield scopeOfItsOwn(fact);
    else if (fact.order === 'decorated-before') yield decoratedBefore(fact);
    else if (fact.order === 'listed-before') yield listedBefore(fact);
    else if (fact.order === 'asked-before') yield askedBefore(fact);
    else if (fact.order === 'covers-earlier') yield coversEarlier(fact);
    else if (fact.order === 'refused-late') yield refusedLate(fact);
    else yield registeredTooLate(fact);
  },
});

type OrderFact = Fact & { readonly kind: 'middleware-order' };

function notCalled(fact: Fact & { readonly kind: 'middleware-not-called' }): Report {
  return {
    range: fact.range,
    severity: 'error',
    message: [
      'Every request hangs here: the middleware is not made.',
      'This is the function that makes it, handed over without being called.',
      'Call it with your options.',
    ],
    fixes: [unsafe('Call it', 'its headers are sent then', fact.call?.(), true)],
  };
}

function notUsed(fact: Fact & { readonly kind: 'middleware-not-used' }): Report {
  return {
    range: fact.range,
    severity: 'error',
    message: [
      fact.why === undefined
        ? 'No answer carries these headers: the middleware is made and never used.'
        : 'No answer carries these headers: the policy is never used.',
      fact.why ?? 'This call makes a function that writes them, and what it makes is thrown away.',
      fact.instead ?? 'Register what it makes, or call it with the request.',
    ],
  };
}

function addedTooEarly(fact: OrderFact): Report {
  return {
    range: fact.range,
    confidence: 'likely',
    message: [
      `${fact.what} is added after this middleware and answers without CORS headers.`,
      'The middleware that is added last runs first, so that its answers never pass through here.',
      'Add this middleware last.',
    ],
    related: [{ range: fact.earlier, message: 'This runs first.' }],
    fixes: [unsafe('Add it last', 'it runs first then', fact.move?.())],
  };
}

function openedBefore(fact: OrderFact): Report {
  return {
    range: fact.range,
    message: [
      'Every website can read these responses, whatever is listed here.',
      `${fact.what} runs first and lets everybody in, and nothing is taken back for an origin that this does not know.`,
      'Let the earlier one cover only what is public.',
    ],
    related: [{ range: fact.earlier, message: 'Everybody is let in here.' }],
  };
}

function afterStart(fact: OrderFact): Report {
  return {
    range: fact.range,
    message: [
      'No answer carries these headers: the server has started before they are set.',
      'The routes are in place by then, and answer before a middleware that is added behind them.',
      'Set them before the server listens.',
    ],
    related: [{ range: fact.earlier, message: 'It starts here.' }],
  };
}

function scopeOfItsOwn(fact: OrderFact): Report {
  return {
    range: fact.range,
    confidence: 'likely',
    message: [
      'No route carries these headers: they only count inside of this plugin.',
      'Fastify keeps what a plugin registers from everything outside of it, and no route stands inside.',
      'Register it on the instance that has the routes, or wrap the plugin with fastify-plugin.',
    ],
    related: [{ range: fact.earlier, message: 'This plugin has a scope of its own.' }],
  };
}

function decoratedBefore(fact: OrderFact): Report {
  return {
    range: fact.range,
    message: [
      `No answer carries these headers: the ${fact.what} below is registered before they are added.`,
      'Decorators run from below upwards, so that this one wraps a function that nobody calls.',
      'Write it below the decorator that registers the function.',
    ],
    related: [{ range: fact.earlier, message: 'The function is registered here.' }],
    fixes: [unsafe('Write it below', 'its headers are sent then', fact.move?.())],
  };
}

function listedBefore(fact: OrderFact): Report {
  return {
    range: fact.range,
    message: [
      `What ${fact.what} answers by itself carries no CORS headers: it stands before this middleware.`,
      'Django asks the middlewares in the order of the list, and a redirect, a file or a refused form never passes through here.',
      'Put this middleware first.',
    ],
    related: [{ range: fact.earlier, message: 'This is asked first.' }],
    fixes: [unsafe('Put it before', 'it runs first then', fact.move?.())],
  };
}

function askedBefore(fact: OrderFact): Report {
  return {
    range: fact.range,
    message: [
      `What ${fact.what} answers by itself carries no CORS headers: it is asked before this middleware.`,
      'A preflight carries no cookies and no token, so that it is refused before anybody says that it may be sent.',
      `Call this before ${fact.what}.`,
    ],
    related: [{ range: fact.earlier, message: 'This is asked first.' }],
    fixes: [unsafe('Put it before', 'it runs first then', fact.move?.())],
  };
}

function coversEarlier(fact: OrderFact): Report {
  return {
    range: fact.range,
    message: [
      'No route carries these headers: they are added before the router has one.',
      'A layer of axum wraps the routes that stand above it, and those below run without it.',
      'Add the layer behind the routes.',
    ],
    related: [{ range: fact.earlier, message: 'This route comes after the layer.' }],
  };
}

function refusedLate(fact: OrderFact): Report {
  return {
    range: fact.range,
    severity: 'error',
    message: [
      `The program stops when it starts: ${fact.what} takes no middleware behind a route.`,
      'All middlewares of a router have to be there before its first route, and Use panics otherwise.',
      'Move the middleware above the routes of its router.',
    ],
    related: [{ range: fact.earlier, message: 'This route comes first.' }],
  };
}

function registeredTooLate(fact: OrderFact): Report {
  return {
    range: fact.range,
    confidence: 'likely',
    message: [
      `${fact.what} is registered before this middleware and answers without CORS headers.`,
      'Middlewares and routes run in the order of registration.',
      'Move the middleware above the routes that it should cover.',
    ],
    related: [{ range: fact.earlier, message: 'This route comes first.' }],
    fixes: [unsafe('Move it up', 'it runs first then', fact.move?.())],
  };
}
