import { html, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { IconName } from './iconName';
import add from '@vscode/codicons/src/icons/add.svg' with { type: 'text' };
import circleLarge from '@vscode/codicons/src/icons/circle-large.svg' with { type: 'text' };
import clearAll from '@vscode/codicons/src/icons/clear-all.svg' with { type: 'text' };
import edit from '@vscode/codicons/src/icons/edit.svg' with { type: 'text' };
import eraser from '@vscode/codicons/src/icons/eraser.svg' with { type: 'text' };
import lock from '@vscode/codicons/src/icons/lock.svg' with { type: 'text' };
import paintcan from '@vscode/codicons/src/icons/paintcan.svg' with { type: 'text' };
import wand from '@vscode/codicons/src/icons/wand.svg' with { type: 'text' };
import check from '@vscode/codicons/src/icons/check.svg' with { type: 'text' };
import chevronDown from '@vscode/codicons/src/icons/chevron-down.svg' with { type: 'text' };
import chevronLeft from '@vscode/codicons/src/icons/chevron-left.svg' with { type: 'text' };
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg' with { type: 'text' };
import close from '@vscode/codicons/src/icons/close.svg' with { type: 'text' };
import copy from '@vscode/codicons/src/icons/copy.svg' with { type: 'text' };
import colorMode from '@vscode/codicons/src/icons/color-mode.svg' with { type: 'text' };
import debugPause from '@vscode/codicons/src/icons/debug-pause.svg' with { type: 'text' };
import debugRestart from '@vscode/codicons/src/icons/debug-restart.svg' with { type: 'text' };
import debugStop from '@vscode/codicons/src/icons/debug-stop.svg' with { type: 'text' };
import discard from '@vscode/codicons/src/icons/discard.svg' with { type: 'text' };
import error from '@vscode/codicons/src/icons/error.svg' with { type: 'text' };
import exportIcon from '@vscode/codicons/src/icons/export.svg' with { type: 'text' };
import eye from '@vscode/codicons/src/icons/eye.svg' with { type: 'text' };
import fileMedia from '@vscode/codicons/src/icons/file-media.svg' with { type: 'text' };
import folderOpened from '@vscode/codicons/src/icons/folder-opened.svg' with { type: 'text' };
import goToFile from '@vscode/codicons/src/icons/go-to-file.svg' with { type: 'text' };
import info from '@vscode/codicons/src/icons/info.svg' with { type: 'text' };
import layers from '@vscode/codicons/src/icons/layers.svg' with { type: 'text' };
import play from '@vscode/codicons/src/icons/play.svg' with { type: 'text' };
import saveAs from '@vscode/codicons/src/icons/save-as.svg' with { type: 'text' };
import settings from '@vscode/codicons/src/icons/settings.svg' with { type: 'text' };
import splitHorizontal from '@vscode/codicons/src/icons/split-horizontal.svg' with { type: 'text' };
import mirror from '@vscode/codicons/src/icons/mirror.svg' with { type: 'text' };
import symbolColor from '@vscode/codicons/src/icons/symbol-color.svg' with { type: 'text' };
import table from '@vscode/codicons/src/icons/table.svg' with { type: 'text' };
import target from '@vscode/codicons/src/icons/target.svg' with { type: 'text' };
import trash from '@vscode/codicons/src/icons/trash.svg' with { type: 'text' };
import warning from '@vscode/codicons/src/icons/warning.svg' with { type: 'text' };
import zoomIn from '@vscode/codicons/src/icons/zoom-in.svg' with { type: 'text' };
import zoomOut from '@vscode/codicons/src/icons/zoom-out.svg' with { type: 'text' };
import screenFull from '@vscode/codicons/src/icons/screen-full.svg' with { type: 'text' };

const icons = {
  add,
  'circle-large': circleLarge,
  'clear-all': clearAll,
  edit,
  eraser,
  lock,
  paintcan,
  wand,
  check,
  'chevron-down': chevronDown,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  close,
  copy,
  'color-mode': colorMode,
  mirror,
  'debug-pause': debugPause,
  'debug-restart': debugRestart,
  'debug-stop': debugStop,
  discard,
  error,
  export: exportIcon,
  eye,
  'file-media': fileMedia,
  'folder-opened': folderOpened,
  'go-to-file': goToFile,
  info,
  layers,
  play,
  'save-as': saveAs,
  'screen-full': screenFull,
  settings,
  'split-horizontal': splitHorizontal,
  'symbol-color': symbolColor,
  table,
  target,
  trash,
  warning,
  'zoom-in': zoomIn,
  'zoom-out': zoomOut,
} satisfies Record<IconName, string>;

/** An icon of 16 px in the colour of the text around it; decorative, so whoever shows it alone names it. */
export function icon(name: IconName): TemplateResult {
  return html`<span class="icon" aria-hidden="true">${unsafeHTML(icons[name])}</span>`;
}
