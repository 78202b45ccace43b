/** What a build needs of the sources. */
export const sourcesOfBuild: readonly string[];
/** With what builds them; packages are those that are here. */
export function copySources(names: readonly string[], folder: string): void;
/** Throws with what vsce said. `folder` is for the copy, `vsix` for the packed extension. */
export function packExtension(folder: string, vsix: string): void;
