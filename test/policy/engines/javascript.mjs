/** Answers for each pattern which of the texts JavaScript's RegExp matches. See ../dialects.mjs for the lines. */
import fs from 'node:fs';

const decoded = (text) => Buffer.from(text, 'base64').toString();
const [first, ...rest] = fs.readFileSync(0, 'utf8').split('\n');
const texts = first.split(' ').map(decoded);
for (const line of rest.filter((one) => one !== '')) {
  const [mode, flags, encoded] = line.split(' ');
  const source = decoded(encoded);
  const compile = () => {
    const plain = new RegExp(source, flags);
    return mode === 'search' ? plain : new RegExp(mode === 'full' ? `^(?:${source})$` : `^(?:${source})`, flags);
  };
  let compiled;
  try {
    compiled = compile();
  } catch {
    console.log('refused');
    continue;
  }
  console.log(
    texts
      .map((text) => {
        compiled.lastIndex = 0;
        return compiled.test(text) ? '1' : '0';
      })
      .join(''),
  );
}
