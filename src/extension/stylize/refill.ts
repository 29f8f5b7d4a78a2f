import type * as vscode from 'vscode';

/** Gives a list its items anew: what is ticked, where the cursor is and what is in view stay. */
export function refill<T extends vscode.QuickPickItem>(pick: vscode.QuickPick<T>, items: readonly T[]): void {
  const { selectedItems, activeItems } = pick;
  pick.keepScrollPosition = true;
  pick.items = items;
  pick.selectedItems = selectedItems;
  // None at all would take the cursor away, and Enter with it.
  if (activeItems.length > 0) pick.activeItems = activeItems;
}
