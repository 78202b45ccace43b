export const origins: readonly string[];
export const patterns: Readonly<Record<string, readonly string[]>>;
