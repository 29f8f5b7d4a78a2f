import * as vscode from 'vscode';
import type { Message } from '../../common/messages';
import { localize } from '../wording';

/** Says that a painting may differ from what another version of Atelier made of the same recipe; it goes on meanwhile. */
export function tellRemark(remark: Message | undefined): void {
  if (remark !== undefined) void vscode.window.showWarningMessage(localize(remark));
}
