import * as vscode from 'vscode';
import { TOOL_NAMES, type ToolName } from '../../agents/names';
import type { Answer, Painters } from '../../agents/tool';
import { shownPath } from '../wording';
import { styleName } from '../stylize/styleName';
import { workspaceFolders } from './workspaceFolders';

type Input = Readonly<Record<string, unknown>>;

/** The tools of agents in the chat of this window. They are held to the folders of the workspace, where there are any. */
export function registerLanguageModelTools(painters: Painters): vscode.Disposable {
  return vscode.Disposable.from(
    ...TOOL_NAMES.map(name => vscode.lm.registerTool(name, new LanguageModelTool(name, painters))),
  );
}

/** A tool in the chat, where a person agrees to what it does. */
export class LanguageModelTool implements vscode.LanguageModelTool<Input> {
  constructor(
    private readonly name: ToolName,
    private readonly painters: Painters,
  ) {}

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<Input>): vscode.PreparedToolInvocation | undefined {
    if (this.name === 'stylize_image') return confirmPainting(input);
    if (this.name !== 'cancel_run') return undefined;
    return {
      invocationMessage: vscode.l10n.t('Stopping the painting'),
      confirmationMessages: {
        title: vscode.l10n.t('Stop the painting?'),
        message: vscode.l10n.t('The painting is not saved. You can resume it from its checkpoint.'),
      },
    };
  }

  async invoke(
    { input }: vscode.LanguageModelToolInvocationOptions<Input>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const { Access, callTool, checkInput } = await import('../deferred');
    const controller = new AbortController();
    const listener = token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      const access = new Access(workspaceFolders());
      const given = checkInput(this.name, input);
      return resultOf(await callTool(this.name, given, access, this.painters, controller.signal));
    } catch (error) {
      throw await inWords(error);
    } finally {
      listener.dispose();
    }
  }
}

/** What the model reads of an error: the sentence, and what to do next. */
async function inWords(error: unknown): Promise<Error> {
  const { reportError } = await import('../../common/errors');
  const { message, next } = reportError(error);
  return new Error(next === undefined ? message : `${message} ${next}`, { cause: error });
}

function confirmPainting({ content, style, styles, output }: Input): vscode.PreparedToolInvocation {
  const named = Array.isArray(styles) ? styles.map(one => (one as { image?: unknown }).image) : [style];
  const values = [shown(content), named.map(one => styleName(String(one))).join(' + ')];
  const place =
    output === undefined
      ? vscode.l10n.t('The painting is saved beside it as a new file. No file is overwritten.')
      : vscode.l10n.t('The painting is saved as a new file, {0}. No file is overwritten.', shown(output));
  return {
    invocationMessage: vscode.l10n.t('Painting {0}', shown(content)),
    confirmationMessages: {
      title: vscode.l10n.t('Paint with Atelier?'),
      message: `${vscode.l10n.t('Paints {0} in the style of {1}.', ...values)} ${place}`,
    },
  };
}

function shown(file: unknown): string {
  return shownPath(String(file));
}

/** Came with 1.106. */
interface DataParts {
  readonly LanguageModelDataPart?: {
    image(data: Uint8Array, mime: string): vscode.LanguageModelTextPart;
  };
}

function resultOf({ value, picture }: Answer): vscode.LanguageModelToolResult {
  const text = new vscode.LanguageModelTextPart(JSON.stringify(value));
  const { LanguageModelDataPart: dataPart } = vscode as DataParts;
  return new vscode.LanguageModelToolResult(
    picture === undefined || dataPart === undefined ? [text] : [text, dataPart.image(picture, 'image/jpeg')],
  );
}
