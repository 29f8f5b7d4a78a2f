import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { styleName } from './styleName';

type Role = 'content' | 'style';

const CONTEXT = { content: 'atelier.hasContent', style: 'atelier.hasStyle' } as const;
/** How long the status bar says what was chosen, in milliseconds. */
const SAID_FOR = 8000;

/**
 * *Set as Content* and *Set as Style*: the images chosen for the next command, like *Select for Compare*. Remembered
 * with the workspace.
 */
export class ChosenImages {
  constructor(private readonly memory: vscode.Memento) {
    for (const role of ['content', 'style'] as const) void this.showChosen(role);
  }

  /** @throws `file-missing` when they are gone from the disk; then they are forgotten */
  take(role: Role): readonly string[] {
    const files = this.remembered(role);
    const present = files.filter(file => fs.existsSync(file));
    const [lost] = files;
    if (present.length > 0 || lost === undefined) return present;
    void this.set(role, []);
    throw new AtelierError('file-missing', msg`${lost} no longer exists.`, {
      next: msg`Choose another image.`,
    });
  }

  async setContents(files: readonly string[]): Promise<void> {
    await this.set('content', files);
    this.say(
      vscode.l10n.t(
        'Content: {0}. Now choose Stylize Selected Content with This on a style image.',
        names(files),
      ),
    );
  }

  async setStyles(files: readonly string[]): Promise<void> {
    await this.set('style', files);
    this.say(vscode.l10n.t('Style: {0}. Now choose Stylize with Selected Style on images.', names(files)));
  }

  private remembered(role: Role): readonly string[] {
    return this.memory.get<readonly string[]>(`atelier.chosen.${role}`, []);
  }

  private async set(role: Role, files: readonly string[]): Promise<void> {
    await this.memory.update(`atelier.chosen.${role}`, files.length > 0 ? files : undefined);
    await this.showChosen(role);
  }

  private showChosen(role: Role): Thenable<unknown> {
    return vscode.commands.executeCommand('setContext', CONTEXT[role], this.remembered(role).length > 0);
  }

  private say(text: string): void {
    vscode.window.setStatusBarMessage(`$(symbol-color) ${text}`, SAID_FOR);
  }
}

function names(files: readonly string[]): string {
  return files.map(styleName).join(' + ');
}
