/** What a gateway's settings say, with what is in force where one is not written. */
import type { NameEntry, Setting, Settings } from '../../policy/policy.ts';
import type { GatewayCors, GatewayInput } from './gateway-cors.ts';
import type { SettingPlace } from './setting-places.ts';
import { knownText } from './setting-places.ts';

/** The settings of a policy. */
export function gatewaySettings(input: GatewayInput): Settings {
  const { gateway, entries, range, origins, methods, allowedHeaders, exposedHeaders, maxAge, privateNetwork } = input;
  const seconds = maxAge && knownText(maxAge);
  return {
    origins: {
      value: entries,
      range: origins?.range ?? range,
      keyRange: origins?.keyRange,
      written: origins !== undefined,
    },
    credentials: credentialsSetting(input),
    ...(methods && { methods: namesSetting(methods, gateway.reflectsNames) }),
    ...(allowedHeaders && { allowedHeaders: namesSetting(allowedHeaders, gateway.reflectsNames) }),
    ...(exposedHeaders && {
      exposedHeaders: namesSetting(exposedHeaders, false) as Setting<readonly NameEntry[] | 'unknown'>,
    }),
    ...(maxAge && typeof seconds === 'string' && { maxAge: written(maxAge, seconds) }),
    ...(privateNetwork && knownText(privateNetwork) === 'true' && { privateNetwork: written(privateNetwork, true) }),
  };
}

function written<T>({ range, keyRange }: SettingPlace, value: T): Setting<T> {
  return { value, range, keyRange, written: true };
}

/** Whether credentials are on; not known where the text, or what stands elsewhere, does not say. */
export function credentialsSetting({
  gateway,
  credentials,
  range,
  partial,
}: GatewayInput): Setting<boolean | 'unknown'> {
  if (credentials === undefined)
    return { value: partial ? 'unknown' : gateway.defaults.credentials, range, written: false };
  return written(credentials, switchedOn(knownText(credentials), gateway));
}

function switchedOn(text: string | null | undefined, { defaults }: GatewayCors): boolean | 'unknown' {
  if (text === null || text === undefined) return 'unknown';
  const lower = text.toLowerCase();
  return lower === 'true' || (lower !== 'false' && defaults.credentials);
}

/** The names are a `*` that is answered by what was asked for. */
export function reflectsAsked({ texts }: SettingPlace, reflectsNames: GatewayCors['reflectsNames']): boolean {
  return (
    reflectsNames !== false && (reflectsNames === true || texts.length === 1) && texts.some(({ text }) => text === '*')
  );
}

function namesSetting(
  place: SettingPlace,
  reflects: GatewayCors['reflectsNames'],
): Setting<readonly NameEntry[] | null | 'unknown'> {
  const value = place.texts.some(({ open }) => open)
    ? 'unknown'
    : reflectsAsked(place, reflects)
      ? null
      : place.texts.map(({ text, range, edits }) => ({ text, range, edits }));
  return { value, range: place.range, keyRange: place.keyRange, written: true };
}
