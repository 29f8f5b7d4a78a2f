import * as vscode from 'vscode';
import type { Blend } from '../../protocol/stylePicker';
import type { PresetName } from '../../recipe/presetNames';
import { browseImages } from '../imageFiles';
import type { RecipeStore } from '../recipes/recipeStore';
import type { ChosenStyle } from './plan';
import { choosePreset, presetTitle } from './presets';
import type { RecentStyles } from './recentStyles';
import { quickAnswer } from './quickAnswer';
import { refill } from './refill';
import { browseItem, immediateItems, recipeItems, workspaceItems, type StyleItem } from './styleItems';

/** What was chosen to paint with. */
export type StyleChoice =
  | {
      readonly kind: 'styles';
      readonly styles: readonly ChosenStyle[];
      /** One painting of all styles blended, or one for each. */
      readonly combine: 'blend' | 'each';
      readonly preset: PresetName | undefined;
    }
  | { readonly kind: 'recipe'; readonly file: string };

/** One list of styles; with several allowed, items get boxes to tick. */
type Mode = 'one' | 'blend' | 'each';

export interface StyleQuestion {
  readonly title: string;
  /** The images to be painted. */
  readonly contents: readonly string[];
  /** Of the painting that begins with the answer; absent where none does. */
  readonly preset?: PresetName;
  /** Whether several styles may be chosen, by default in shares. The list has equal shares at most. */
  readonly blend?: Blend;
  readonly recent: RecentStyles;
  readonly recipes: RecipeStore;
  /** Whether it stays when the focus goes elsewhere, until it is answered or left with Escape. */
  readonly stays?: boolean;
}

/**
 * The one question of *Stylize Image…*, and of all that needs a style: which? Recent styles, built-in ones, recipes,
 * images of the workspace, or any file. Buttons allow several styles and, where a painting begins, change the preset.
 */
export async function pickStyle(question: StyleQuestion): Promise<StyleChoice | undefined> {
  let { preset } = question;
  let mode: Mode = 'one';
  for (;;) {
    const answer = await ask(question, preset, mode);
    switch (answer.kind) {
      case 'preset':
        preset = (preset && (await choosePreset(preset))) ?? preset;
        break;
      case 'mode':
        mode = answer.mode;
        break;
      case 'browse': {
        const styles = await browse(question.contents, mode);
        if (styles.length > 0) return chosen(styles, mode, preset);
        break;
      }
      case 'styles':
        return chosen(answer.styles, mode, preset);
      case 'recipe':
        return answer;
      case 'cancel':
        return undefined;
    }
  }
}

type Answer =
  | { readonly kind: 'styles'; readonly styles: readonly string[] }
  | { readonly kind: 'recipe'; readonly file: string }
  | { readonly kind: 'mode'; readonly mode: Mode }
  | { readonly kind: 'preset' | 'browse' | 'cancel' };

function chosen(styles: readonly string[], mode: Mode, preset: PresetName | undefined): StyleChoice {
  return { kind: 'styles', styles, combine: mode === 'each' ? 'each' : 'blend', preset };
}

function browse(contents: readonly string[], mode: Mode): Promise<readonly string[]> {
  const [beside] = contents;
  return browseImages({
    title: vscode.l10n.t('Choose a style image'),
    many: mode !== 'one',
    ...(beside === undefined ? {} : { beside }),
  });
}

/** Shows the list once; buttons end it with what they ask for. */
function ask(question: StyleQuestion, preset: PresetName | undefined, mode: Mode): Promise<Answer> {
  const pick = vscode.window.createQuickPick<StyleItem>();
  const buttons = pickerButtons(preset, mode);
  pick.title = preset === undefined ? question.title : `${question.title} (${presetTitle(preset)})`;
  pick.placeholder = placeholder(preset !== undefined, mode);
  pick.canSelectMany = mode !== 'one';
  pick.matchOnDescription = true;
  pick.buttons = buttons.map(({ button }) => button);
  pick.ignoreFocusOut = question.stays ?? false;
  return quickAnswer<StyleItem, Answer>(
    pick,
    {
      pressed: pressed => buttons.find(({ button }) => button === pressed)?.answer,
      accepted,
      hidden: { kind: 'cancel' },
    },
    token => fill(pick, question, mode, token),
  );
}

function placeholder(begins: boolean, mode: Mode): string {
  if (mode !== 'one') return vscode.l10n.t('Tick styles, then press Enter');
  return begins ? vscode.l10n.t('Choose a style to start painting') : vscode.l10n.t('Choose a style');
}

interface PickerButton {
  readonly button: vscode.QuickInputButton;
  readonly answer: Answer;
}

function pickerButtons(preset: PresetName | undefined, mode: Mode): readonly PickerButton[] {
  const button = (icon: string, tooltip: string, answer: Answer): PickerButton => ({
    button: { iconPath: new vscode.ThemeIcon(icon), tooltip },
    answer,
  });
  const modes = {
    one: button('symbol-color', vscode.l10n.t('Choose one style'), { kind: 'mode', mode: 'one' }),
    blend: button('layers', vscode.l10n.t('Blend several styles'), { kind: 'mode', mode: 'blend' }),
    each: button('files', vscode.l10n.t('One painting for each of several styles'), {
      kind: 'mode',
      mode: 'each',
    }),
  };
  const others = (['one', 'blend', 'each'] as const).filter(other => other !== mode);
  const browsing = button('folder-opened', vscode.l10n.t('Browse…'), { kind: 'browse' });
  if (preset === undefined)
    return [...others.filter(other => other !== 'each').map(other => modes[other]), browsing];
  return [
    ...others.map(other => modes[other]),
    browsing,
    button('settings', vscode.l10n.t('Preset: {0}', presetTitle(preset)), { kind: 'preset' }),
  ];
}

/** What accepted rows mean; nothing, while none is ticked. */
function accepted(items: readonly StyleItem[]): Answer | undefined {
  const [first] = items;
  if (first?.means === 'browse') return { kind: 'browse' };
  if (first?.means === 'recipe') return { kind: 'recipe', file: first.recipe };
  const styles = items.flatMap(item => (item.means === 'style' ? [item.style] : []));
  return styles.length === 0 ? undefined : { kind: 'styles', styles };
}

/** What is known shows at once; the workspace is searched meanwhile. */
async function fill(
  pick: vscode.QuickPick<StyleItem>,
  { contents, recipes, recent }: StyleQuestion,
  mode: Mode,
  token: vscode.CancellationToken,
): Promise<void> {
  const one = mode === 'one';
  const known = await immediateItems(recent.all);
  const tail = one ? [browseItem()] : [];
  pick.busy = true;
  pick.items = [...known, ...tail];
  const found = await Promise.all([
    one ? recipes.list(token).then(recipeItems) : [],
    workspaceItems([...contents, ...recent.all], token),
  ]);
  if (token.isCancellationRequested) return;
  refill(pick, [...known, ...found.flat(), ...tail]);
  pick.busy = false;
}
