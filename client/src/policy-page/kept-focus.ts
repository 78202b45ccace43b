/** Parts of the page are made anew while somebody stands on them with the keyboard. */

/** What had the focus, and where it went for want of it. */
let lost: { readonly id: string; readonly standIn: Element } | undefined;

/**
 * Changes the page, and puts the focus back on what has the same id afterwards; until there is something, on the heading of its policy,
 * so that the keyboard does not begin at the top of the page again.
 */
export function keepingFocus(change: () => void): void {
  const before = document.activeElement;
  const id = lost !== undefined && before === lost.standIn ? lost.id : before?.id;
  change();
  lost = undefined;
  if (!id || document.activeElement?.id === id) return;
  const again = document.getElementById(id);
  const standIn = again ?? document.getElementById(/^policy-\d+/.exec(id)?.[0] ?? '') ?? document.querySelector('h2');
  standIn?.focus();
  if (!again && standIn) lost = { id, standIn };
}
