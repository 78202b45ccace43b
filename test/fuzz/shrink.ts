/** Makes a text small that shows a fault: parts are left out, large ones first, as long as the fault stays. */

/** `fails` says whether a text shows the fault. It is asked at most `mostQuestions` times. */
export async function shrunk(
  text: string,
  fails: (text: string) => Promise<boolean>,
  mostQuestions = 600,
): Promise<string> {
  let left = mostQuestions;
  const asked = async (candidate: string): Promise<boolean> => left-- > 0 && (await fails(candidate));
  const byLines = await withoutParts(text.split(/(?<=\n)/), asked);
  return (await withoutParts([...byLines.join('')], asked)).join('');
}

async function withoutParts(parts: string[], fails: (text: string) => Promise<boolean>): Promise<string[]> {
  let kept = parts;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < kept.length;) {
      const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (fewer.length < kept.length && (await fails(fewer.join('')))) kept = fewer;
      else at += size;
    }
  return kept;
}
