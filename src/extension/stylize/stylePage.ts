import * as vscode from 'vscode';
import { StyleQuestionPanel, type StylePageContext } from './styleQuestionPanel';
import type { StyleChoice, StyleQuestion } from './stylePicker';

/**
 * The page on which a style is chosen, in a tab of the group in front: it makes no group, and goes with the answer.
 * There is one at a time: another question takes the place of the one before, which stays without an answer.
 */
export class StylePage implements vscode.Disposable {
  private open: vscode.WebviewPanel | undefined;

  constructor(private readonly context: StylePageContext) {}

  /** Asks for a style; undefined when the person cancels, or closes the tab. */
  async ask(question: StyleQuestion): Promise<StyleChoice | undefined> {
    this.dispose();
    // Read while the page loads: it says that it is there through them.
    void import('../deferred');
    const panel = vscode.window.createWebviewPanel(
      'atelier.stylePicker',
      question.title,
      vscode.ViewColumn.Active,
      // What was chosen so far is in the page.
      { retainContextWhenHidden: true },
    );
    this.open = panel;
    const asking = new StyleQuestionPanel(panel, this.context, question);
    try {
      return await asking.answer;
    } finally {
      asking.dispose();
      panel.dispose();
      if (this.open === panel) this.open = undefined;
    }
  }

  dispose(): void {
    this.open?.dispose();
    this.open = undefined;
  }
}
