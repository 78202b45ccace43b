/** Signs in the text of JavaScript that something is answered: statuses, preflights, bodies that are read. */
import type { PreflightSigns, WaysOfAnswering } from '../../models/handlers/handler-language.ts';

export const statuses: WaysOfAnswering['statuses'] = {
  before: /\b(?:sendStatus|status|code|writeHead)\s*\(\s*|\b(?:statusCode|status)\s*[:=]\s*/,
};

export const preflightSigns: PreflightSigns = {
  readsJson: [
    { body: /\bawait\s+(?:\w+\.)*(?:req|request)\.json\(\)/ },
    { body: /\breq\.body\b/, file: /\bexpress\.json\(|bodyParser\.json\(/ },
  ],
  parsesBody: new RegExp(
    [
      String.raw`\b(?:\w+\.)*(?:req|request)\.(?:json|formData)\(\)`,
      String.raw`\bJSON\.parse\(\s*await\s+(?:\w+\.)*(?:req|request)\.text\(\)\s*\)`,
      String.raw`\bJSON\.parse\(\s*(?:\w+\.)*(?:event|req|request)\.body\b(?!\s*(?:\|\||\?\?))`,
    ].join('|'),
  ),
  routed: /\.(put|patch|delete)\s*\(\s*['"`]/,
  // A constant called `options` answers nothing.
  answered: new RegExp(
    [
      String.raw`['"\x60](?:OPTIONS|options)['"\x60]|\bonRequest(?:Options)?\b|\bfunction\s+OPTIONS\b`,
      String.raw`\bOPTIONS\s*[=(]|\.options\s*\(|\b(?:[cC]ors|CORS)\s*\(`,
    ].join('|'),
  ),
};

/** Koa answers when all middlewares are through, so that a `next()` that is awaited ends nothing. */
export const sends = new RegExp(
  [
    String.raw`^(?:next\(\)`,
    String.raw`(?:await\s+)?(\w+)(?:\.(?:status|code|type|set|header|raw)(?:\([^()]*\))?)*`,
  ].join('|') +
    String.raw`\.(?:end|send|json|jsonp|redirect|render|sendFile|sendStatus|download|writeHead|flushHeaders|hijack)\()`,
);
