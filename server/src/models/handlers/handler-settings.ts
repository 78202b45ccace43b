/** What the headers of a handler say, as the settings of its policy: the last write of a header is the one that is shown. */
import type { SourceRange } from '../../syntax/range.ts';
import type { NameEntry, OriginEntry, Setting, Settings } from '../../policy/policy.ts';
import type { ProgramText } from '../libraries/origin-entries.ts';
import { textEdits } from '../libraries/origin-entries.ts';
import type { ReachedWrite } from './reached-writes.ts';
import { headerText } from './reached-writes.ts';

export function settingsOf(
  reached: readonly ReachedWrite[],
  origins: readonly OriginEntry[],
  range: SourceRange,
  text: ProgramText,
): Settings {
  const last = (name: string): ReachedWrite | undefined =>
    reached.findLast((one) => one.name === name && one.write.operation !== 'remove');
  const allowOrigin = reached.find(({ name }) => name === 'access-control-allow-origin');
  const credentials = last('access-control-allow-credentials');
  const credentialsText = credentials && headerText(credentials.value);
  const methods = last('access-control-allow-methods');
  const allowedHeaders = last('access-control-allow-headers');
  const exposed = last('access-control-expose-headers');
  const exposedHeaders = exposed && namesOf(exposed, text);
  const maxAge = last('access-control-max-age');
  const seconds = maxAge && headerText(maxAge.value);
  const privateNetwork = last('access-control-allow-private-network');
  const isPrivate = privateNetwork && headerText(privateNetwork.value) === 'true';
  return {
    origins: settingOf(origins, allowOrigin, range),
    credentials: settingOf(sendsCredentials(credentials), credentials, range),
    ...(credentialsText !== undefined && { credentialsText: settingOf(credentialsText, credentials, range) }),
    ...(methods && { methods: settingOf(namesOf(methods, text), methods, methods.write.range) }),
    ...(allowedHeaders && {
      allowedHeaders: settingOf(namesOf(allowedHeaders, text), allowedHeaders, allowedHeaders.write.range),
    }),
    ...(exposed && exposedHeaders && { exposedHeaders: settingOf(exposedHeaders, exposed, exposed.write.range) }),
    ...(seconds !== undefined && { maxAge: settingOf(seconds, maxAge, range) }),
    ...(isPrivate && { privateNetwork: settingOf(true, privateNetwork, range) }),
  };
}

function sendsCredentials(credentials: ReachedWrite | undefined): boolean | 'unknown' {
  if (credentials === undefined) return false;
  const written = headerText(credentials.value);
  return written === undefined ? 'unknown' : written === 'true';
}

function settingOf<T>(value: T, reached: ReachedWrite | undefined, range: SourceRange): Setting<T> {
  if (reached === undefined) return { value, range, written: false };
  const { write, value: written } = reached;
  return {
    value,
    range: written.range.path === undefined ? written.range : write.range,
    keyRange: write.nameRange,
    written: true,
  };
}

/** Null where the names that were asked for are sent back. */
function namesOf({ value }: ReachedWrite, text: ProgramText): readonly NameEntry[] | null | 'unknown' {
  if (value.kind === 'request') return null;
  if (value.kind === 'list') {
    const items = value.items.flatMap((item) =>
      item.kind === 'text' ? [{ text: item.text, range: item.range, edits: textEdits(item, text, true) }] : [],
    );
    return value.open || items.length !== value.items.length ? 'unknown' : items;
  }
  const written = headerText(value);
  return written === undefined
    ? 'unknown'
    : written
        .split(',')
        .map((name) => ({ text: name.trim(), range: value.range }))
        .filter((name) => name.text !== '');
}
