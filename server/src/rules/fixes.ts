/** Fixes that several rules offer, from the edits that a policy knows. */
import type { Edit } from '../syntax/range.ts';
import type { EntryEdits } from '../policy/policy.ts';
import type { OriginTest } from '../policy/request-test.ts';
import type { Fix, RuleContext } from './rule.ts';

/** Replaces what lets everybody in by the trusted origins, or by one to type over. */
export function allowOnlyFix({ policy, allowlist }: RuleContext): Fix | undefined {
  const edits = policy.edits.allowOnly?.(allowlist.origins, allowlist.placeholder);
  return allowlist.placeholder === undefined
    ? unsafe(`Allow only ${allowlist.origins.join(', ')}`, 'other origins are locked out', edits, true)
    : unsafe('Allow only listed origins', 'write your own into the list', edits, true);
}

/** Takes away what lets everybody in, where CORS is no more than a developer's convenience. */
export function switchOffFix({ policy }: RuleContext): Fix | undefined {
  return unsafe('Switch CORS off', 'no other origin reads then', policy.edits.switchOff?.());
}

export function dropCredentialsFix({ policy }: RuleContext): Fix | undefined {
  return unsafe('Send no credentials', 'pages read without cookies then', policy.edits.dropCredentials?.());
}

const exactly = { title: 'Compare with exact origins instead', changes: 'other hosts are locked out' };

/** Replaces one entry by the trusted origins. */
export function replaceEntryFix({ allowlist }: RuleContext, edits: EntryEdits | undefined): Fix | undefined {
  const replaced = edits?.replaceByOrigins?.(allowlist.origins, allowlist.placeholder);
  return unsafe(exactly.title, exactly.changes, replaced);
}

/** Replaces one loose test of a check by an exact comparison with the trusted origins. */
export function replaceTestFix(
  { allowlist }: RuleContext,
  edits: EntryEdits | undefined,
  test: OriginTest | undefined,
): Fix | undefined {
  return unsafe(
    exactly.title,
    exactly.changes,
    test && edits?.replaceTest?.(test, allowlist.origins, allowlist.placeholder),
  );
}

export function safe(title: string, edits: readonly Edit[] | undefined): Fix | undefined {
  return edits && edits.length > 0 ? { title, safety: 'safe', preferred: true, edits } : undefined;
}

/** `changes` says what is another thing afterwards, which the user has to want: `other origins are locked out`. */
export function unsafe(
  title: string,
  changes: string,
  edits: readonly Edit[] | undefined,
  preferred = false,
): Fix | undefined {
  return edits && edits.length > 0
    ? { title, changes, safety: 'unsafe', preferred, edits: edits.map(typedOver) }
    : undefined;
}

/** Only what stands in the new text can be typed over: a pattern spells an origin in its own way, and a name stands for it. */
function typedOver({ placeholder, ...edit }: Edit): Edit {
  return placeholder !== undefined && edit.newText.includes(placeholder) ? { ...edit, placeholder } : edit;
}
