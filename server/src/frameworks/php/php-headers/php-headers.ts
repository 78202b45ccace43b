/** CORS headers that PHP programs write by hand: `header()`, and the responses of Symfony, Laravel, PSR-7, CodeIgniter, Yii, WordPress. */
import { defineHandlerFramework } from '../../../models/handlers/define-handler-framework.ts';
import { answers, preflights } from './answers.ts';
import { edits } from './edits.ts';
import { writes } from './writes.ts';

export const framework = defineHandlerFramework({
  id: 'php-headers',
  title: 'Headers by hand (PHP)',
  documentation: 'https://www.php.net/manual/en/function.header.php',
  reads:
    "`header('…: …')`, `->headers->set`, `->header`, `->withHeader`, `->setHeader`, arrays of headers, with the conditions around them",
  mentions: ['access-control-'],
  languages: ['php'],
  language: { writes, answers, preflights, edits },
  // Settings of Yii's filter have names of headers, too.
  isOurs: ({ container }) => container?.kind !== 'object' || !container.entries.some(({ key }) => key === 'Origin'),
});
