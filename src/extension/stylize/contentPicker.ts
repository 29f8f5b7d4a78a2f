import * as path from 'node:path';
import * as vscode from 'vscode';
import { activeImage, browseImages, isImageFile, localPath, workspaceImages } from '../imageFiles';
import { imageRow } from './imageRow';
import { quickAnswer } from './quickAnswer';
import { refill } from './refill';

type ContentItem = vscode.QuickPickItem & {
  readonly means: 'image' | 'browse' | 'sample' | 'heading';
  readonly file?: string;
};

/** Images of the workspace that are offered; a folder of thousands is what *Browse* is for. */
const LIMIT = 500;

/** What is to be painted, where nothing was right-clicked. */
export type ContentChoice = { readonly files: readonly string[] } | 'sample';

export interface ContentQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** Whether several images, and the sample picture, will do. */
  readonly many: boolean;
}

type Answer =
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | { readonly kind: 'browse' | 'sample' | 'mode' | 'cancel' };

/**
 * Asks for images: the one in the active tab goes first, then those of the workspace, any file, and the sample
 * picture. One is taken with a click; a button gives boxes to tick.
 */
export async function pickContents(question: ContentQuestion): Promise<ContentChoice | undefined> {
  let ticking = false;
  for (;;) {
    const answer = await ask(question, ticking);
    switch (answer.kind) {
      case 'files':
        return { files: answer.files };
      case 'sample':
        return 'sample';
      case 'cancel':
        return undefined;
      case 'mode':
        ticking = !ticking;
        break;
      case 'browse': {
        const files = await browseImages({ title: question.title, many: question.many });
        if (files.length > 0) return { files };
        break;
      }
    }
  }
}

/** Asks for one image; undefined when none is chosen. */
export async function pickImage(title: string): Promise<string | undefined> {
  const choice = await pickContents({ title, placeholder: vscode.l10n.t('Choose an image'), many: false });
  return choice === undefined || choice === 'sample' ? undefined : choice.files[0];
}

/** Shows the list once; buttons end it with what they ask for. */
function ask({ title, placeholder, many }: ContentQuestion, ticking: boolean): Promise<Answer> {
  const pick = vscode.window.createQuickPick<ContentItem>();
  const browse = button('folder-opened', vscode.l10n.t('Browse…'));
  const mode = ticking
    ? button('file-media', vscode.l10n.t('Choose one image'))
    : button('checklist', vscode.l10n.t('Choose several images'));
  pick.title = title;
  pick.placeholder = ticking ? vscode.l10n.t('Tick images, then press Enter') : placeholder;
  pick.canSelectMany = ticking;
  pick.matchOnDescription = true;
  pick.buttons = many ? [mode, browse] : [browse];
  return quickAnswer<ContentItem, Answer>(
    pick,
    {
      pressed: pressed => ({ kind: pressed === browse ? 'browse' : 'mode' }),
      accepted: meaning,
      hidden: { kind: 'cancel' },
    },
    token => fill(pick, many, token),
  );
}

/** What accepted rows mean; none, while nothing is ticked. */
function meaning(items: readonly ContentItem[]): Answer | undefined {
  const [first] = items;
  if (first?.means === 'browse' || first?.means === 'sample') return { kind: first.means };
  const files = items.flatMap(({ file }) => (file === undefined ? [] : [file]));
  return files.length === 0 ? undefined : { kind: 'files', files };
}

/** What is known shows at once; the workspace is searched meanwhile. */
async function fill(
  pick: vscode.QuickPick<ContentItem>,
  sampled: boolean,
  token: vscode.CancellationToken,
): Promise<void> {
  const active = activeImage();
  const first = active?.scheme === 'file' ? await imageItems([active.fsPath]) : [];
  pick.busy = true;
  pick.items = first;
  const others = (await workspaceImages(LIMIT, token)).filter(file => file !== active?.fsPath);
  const found = await imageItems(others);
  if (token.isCancellationRequested) return;
  const heading: ContentItem = {
    means: 'heading',
    label: vscode.l10n.t('Images of the workspace'),
    kind: vscode.QuickPickItemKind.Separator,
  };
  const images = [...first, ...(found.length === 0 ? [] : [heading, ...found])];
  refill(pick, pick.canSelectMany ? images : [...images, ...tail(images.length > 0, sampled)]);
  pick.busy = false;
}

/** What stands below the images. */
function tail(isBelow: boolean, sampled: boolean): readonly ContentItem[] {
  const line: ContentItem = { means: 'heading', label: '', kind: vscode.QuickPickItemKind.Separator };
  return [...(isBelow ? [line] : []), browseItem(), ...(sampled ? [sampleItem()] : [])];
}

async function imageItems(files: readonly string[]): Promise<readonly ContentItem[]> {
  const items = await Promise.all(
    files.map(async (file): Promise<ContentItem | undefined> => {
      const row = await imageRow(file);
      return row && { means: 'image', file, label: path.basename(file), ...row };
    }),
  );
  return items.filter(item => item !== undefined);
}

function browseItem(): ContentItem {
  return { means: 'browse', label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, alwaysShow: true };
}

function sampleItem(): ContentItem {
  return {
    means: 'sample',
    label: `$(mortar-board) ${vscode.l10n.t('The sample picture')}`,
    alwaysShow: true,
  };
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

/**
 * The images a command is about: what was selected in the explorer, else what it was invoked on. Of a selection of all
 * sorts, its images.
 */
export function selectedImages(clicked?: unknown, selection?: unknown): readonly string[] {
  const given: readonly unknown[] = Array.isArray(selection) && selection.length > 0 ? selection : [clicked];
  const uris = given.filter(uri => uri instanceof vscode.Uri);
  const images = uris.filter(({ path: name }) => isImageFile(name));
  // What is no image at all is passed on, for the sentence that says so.
  return (images.length > 0 ? images : uris).map(localPath);
}
