import * as vscode from 'vscode';

/** A question that the product has asked, in words. */
export interface Asked {
  readonly how: 'information' | 'warning' | 'error' | 'pick' | 'save' | 'open';
  /** The sentence, or the title. */
  readonly question: string;
  readonly detail: string;
  /** Buttons, or rows with their descriptions. */
  readonly choices: readonly string[];
  /** Where a file would be saved. */
  readonly suggested?: string;
}

/** A button or part of a row, a file, or nothing: then the question is dismissed. */
export type Answer = string | vscode.Uri | undefined;

type Window = Record<string, (...given: unknown[]) => Promise<unknown>>;

const messages = {
  showInformationMessage: 'information',
  showWarningMessage: 'warning',
  showErrorMessage: 'error',
} as const;

/**
 * Answers in place of a person whatever the product asks while something is done. The suite and the product share one
 * `vscode.window`, whose functions are put back afterwards.
 * @returns what was asked, in order
 */
export async function answering(
  answer: (asked: Asked) => Answer,
  act: () => Thenable<unknown>,
): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  const note = (question: Asked): Answer => {
    asked.push(question);
    return answer(question);
  };
  const window = vscode.window as unknown as Window;
  const stubs: Window = {
    showQuickPick: (items, options) => Promise.resolve(pick(items, options, note)),
    showSaveDialog: options => Promise.resolve(note(fileQuestion('save', options))),
    showOpenDialog: options => {
      const file = note(fileQuestion('open', options));
      return Promise.resolve(file === undefined ? undefined : [file]);
    },
    ...Object.fromEntries(
      Object.entries(messages).map(([name, how]) => [
        name,
        (...given: unknown[]) => Promise.resolve(note(message(how, given))),
      ]),
    ),
  };
  const originals = Object.fromEntries(Object.keys(stubs).map(name => [name, window[name]!]));
  Object.assign(window, stubs);
  try {
    await act();
  } finally {
    Object.assign(window, originals);
  }
  return asked;
}

function message(how: Asked['how'], [question, ...rest]: readonly unknown[]): Asked {
  const [options] = rest;
  const hasOptions = typeof options === 'object';
  return {
    how,
    question: String(question),
    detail: hasOptions ? ((options as vscode.MessageOptions).detail ?? '') : '',
    choices: (hasOptions ? rest.slice(1) : rest) as string[],
  };
}

function fileQuestion(how: 'save' | 'open', given: unknown): Asked {
  const { title = '', defaultUri } = given as vscode.SaveDialogOptions;
  const suggested = defaultUri === undefined ? {} : { suggested: defaultUri.fsPath };
  return { how, question: title, detail: '', choices: [], ...suggested };
}

function pick(items: unknown, given: unknown, note: (asked: Asked) => Answer): unknown {
  const { title = '', placeHolder = '' } = given as vscode.QuickPickOptions;
  const rows = items as readonly (string | vscode.QuickPickItem)[];
  const words = rows.map(row =>
    typeof row === 'string' ? row : [row.label, row.description].join(' ').trim(),
  );
  const answer = note({ how: 'pick', question: title, detail: placeHolder, choices: words });
  if (typeof answer !== 'string') return undefined;
  const index = words.findIndex(text => text.includes(answer));
  if (index < 0) throw new Error(`No row with "${answer}" among ${words.join(' | ')}.`);
  return rows[index];
}
