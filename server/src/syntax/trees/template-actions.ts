/**
 * Configurations that a template writes: Jinja, ERB, Go. What it decides is blank, and of two branches the first with a text of its
 * own is read, so that a file has one meaning; what it fills in is a variable that nothing is known of. Every position stays
 * the one of the file.
 */
const jinja = /\{%[-+]?\s*(?<jinja>\w*)[^\r\n]*?%\}|\{#[^\r\n]*?#\}/;
const erb = /<%(?!=)[-_]?\s*(?<erb>\w*)[^\r\n]*?%>/;
const go = /\{\{-?\s*(?<go>if|else|range|with|end|define|block)\b[^{}]*\}\}/;
const action = new RegExp([jinja, erb, go].map(({ source }) => source).join('|'), 'g');
const opening = /^(?:if|unless|for|range|with|define|block|macro|call|filter)$/;
const other = /^(?:else|elif|elsif|elseif)$/;

/** What became of the branches of an action so far: none had a text, one was read, or one was read and this is another. */
type Branch = 'empty' | 'read' | 'left out';

/** Something beside what is filled in. */
const hasText = (content: string): boolean => content.replaceAll(/\{\{[^{}]*\}\}/g, '').trim() !== '';

/** `expressions`: what is filled in is one word, for readers that do not know the signs of templates. */
export function withoutTemplateActions(text: string, expressions: boolean): string {
  if (!/\{%|<%|\{\{/.test(text)) return text;
  const branches: Branch[] = [];
  let [read, at] = ['', 0];
  for (const match of text.matchAll(action)) {
    const content = text.slice(at, match.index);
    const isLeftOut = branches.includes('left out');
    read += (isLeftOut ? blank(content) : content) + blank(match[0]);
    if (!isLeftOut && hasText(content)) branches.fill('read');
    at = match.index + match[0].length;
    const word = match.groups!.jinja ?? match.groups!.erb ?? match.groups!.go ?? '';
    if (opening.test(word) || (match.groups!.erb !== undefined && /\bdo\b(?:\s*\|[^|]*\|)?\s*-?%>$/.test(match[0])))
      branches.push('empty');
    else if (other.test(word) && branches.at(-1) === 'read') branches[branches.length - 1] = 'left out';
    else if (/^end/.test(word)) branches.pop();
  }
  read += text.slice(at);
  const filledIn = read.replaceAll(/<%=[^\r\n]*?%>/g, variable);
  return expressions ? filledIn.replaceAll(/\{\{[^{}\r\n]*\}\}/g, variable) : filledIn;
}

/** Signs that mean something in files of one ending only: `%{ if … }` of Terraform's templates, `@NAME@` of configure scripts. */
export function withoutSignsOf(path: string, text: string): string {
  if (/\.tftpl$/i.test(path)) return text.replaceAll(/%\{~?\s*(?:if|else|endif|for|endfor)\b[^}\r\n]*\}/g, blank);
  return /\.in$/i.test(path) ? text.replaceAll(/@[A-Za-z_]\w*@/g, variable) : text;
}

function variable(filledIn: string): string {
  return `$${'_'.repeat(filledIn.length - 1)}`;
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}
