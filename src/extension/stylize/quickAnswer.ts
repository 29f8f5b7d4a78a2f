import * as vscode from 'vscode';

/** What ends a list: its buttons, an accepted choice, or hiding it. */
export interface QuickAnswers<Item extends vscode.QuickPickItem, Answer> {
  /** Of a button that was pressed; undefined leaves the list open. */
  readonly pressed: (button: vscode.QuickInputButton) => Answer | undefined;
  /** Of the rows that were accepted; undefined leaves the list open: nothing ticked is no answer yet. */
  readonly accepted: (items: readonly Item[]) => Answer | undefined;
  readonly hidden: Answer;
}

/**
 * Shows a list, fills it while it shows, and returns the first answer, for which nobody waits until the list is full. A
 * search that fails leaves the list as it is.
 * @param fill gives the list its items; with the answer, the token is cancelled and the list is gone
 */
export async function quickAnswer<Item extends vscode.QuickPickItem, Answer>(
  pick: vscode.QuickPick<Item>,
  { pressed, accepted, hidden }: QuickAnswers<Item, Answer>,
  fill: (token: vscode.CancellationToken) => Promise<void>,
): Promise<Answer> {
  const search = new vscode.CancellationTokenSource();
  try {
    const answer = new Promise<Answer>(resolve => {
      const answerWith = (given: Answer | undefined): void => {
        if (given !== undefined) resolve(given);
      };
      pick.onDidTriggerButton(button => {
        answerWith(pressed(button));
      });
      pick.onDidAccept(() => {
        answerWith(accepted(pick.selectedItems));
      });
      pick.onDidHide(() => {
        resolve(hidden);
      });
    });
    pick.show();
    void fill(search.token).catch(() => undefined);
    return await answer;
  } finally {
    search.cancel();
    search.dispose();
    pick.dispose();
  }
}
