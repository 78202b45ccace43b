/** Words of files in places of VS Code that read more than words into them. */

/** VS Code makes links of `[words](address)` and pictures of `$(name)` in the text of a status item: names of files are neither. */
export function plain(text: string): string {
  return text.replaceAll('](', '] (').replaceAll('$(', '$ (');
}
