/** Values that a Helm template fills in. */
const reference = String.raw`(\.(?:Values|Chart|Release)\.[\w.]+|\$\w+(?:\.[\w.]+)?)`;
const text = String.raw`(["'\x60])([^"'\x60]*)`;
const piped = new RegExp(String.raw`^\{\{-?\s*${reference}\s*\|\s*default\s+${text}\2\s*(?:\|\s*s?quote\s*)?-?\}\}$`);
const called = new RegExp(
  String.raw`^\{\{-?\s*default\s+(["'\x60])([^"'\x60]*)\1\s+${reference}\s*(?:\|\s*s?quote\s*)?-?\}\}$`,
);

/** The value that stands where a chart's user gives none: `{{ .Values.cors.origin | default "*" }}`. */
export function helmFallback(value: string): { readonly name: string; readonly value: string } | undefined {
  const first = piped.exec(value.trim());
  if (first) return { name: first[1]!, value: first[3]! };
  const second = called.exec(value.trim());
  return second ? { name: second[3]!, value: second[2]! } : undefined;
}
