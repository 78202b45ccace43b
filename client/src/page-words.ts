/** The words of the view of policies, in the language of the editor. */
import { l10n } from 'vscode';
import { englishWords } from './policy-page/messages.ts';
import type { PageWords } from './policy-page/messages.ts';

export function pageWords(): PageWords {
  const words = Object.entries(englishWords).map(([name, english]) => [name, l10n.t(english)]);
  return Object.fromEntries(words) as PageWords;
}
