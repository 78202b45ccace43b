/** CORS headers that Python programs write by hand: Flask, Django, Starlette, Tornado, Bottle, Falcon, aiohttp, Lambda, `http.server`. */
import { defineHandlerFramework } from '../../../models/handlers/define-handler-framework.ts';
import { answers, preflights } from './answers.ts';
import { edits } from './edits.ts';
import { writes } from './writes.ts';

export const framework = defineHandlerFramework({
  id: 'python-headers',
  title: 'Headers by hand (Python)',
  documentation: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS',
  reads:
    "`response.headers['…']`, Django's `response['…']`, `set_header`, `send_header`, `headers=`, what Lambda functions return",
  mentions: ['access-control-', 'access_control_allow_origin'],
  languages: ['python'],
  language: { writes, answers, preflights, edits },
});
