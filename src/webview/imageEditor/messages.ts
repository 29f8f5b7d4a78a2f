/**
 * What the image editor's view and the extension host say to each other. The view says `ready` and gets one
 * `snapshot`; after it, only what changed.
 */
import { imageEditorStrings, type ImageEditorStrings } from '../common/strings';
import {
  isAmount,
  isBoolean,
  isBytes,
  isLocale,
  isNumber,
  isString,
  listOf,
  message,
  oneOf,
  optional,
  shaped,
  textsLike,
  type Guard,
} from '../common/guard';
import { isPicture, type Picture } from '../common/pictures/picture';
import { isProblem, type Problem } from '../common/problem';

/** The image of this editor. Where `problem` is there, it is shown instead of the picture. */
export interface ImageInfo {
  readonly name: string;
  /** Something a browser can show: the file itself, or a converted or smaller copy of it. Empty with a problem. */
  readonly uri: string;
  /** For example "PNG", "TIFF". */
  readonly format: string;
  /** Size of the file. */
  readonly bytes: number;
  /** True size in pixels, as it is seen (orientation applied); the view asks the picture where it is absent. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly problem?: Problem | undefined;
}

/** A painting made of this image. */
export interface ResultInfo extends Picture {
  readonly id: string;
  /** What tells it from the others, localized: style and strength, for example. */
  readonly detail: string;
  /** Still being painted: `uri` is its newest frame. */
  readonly running: boolean;
}

/** A style that can be chosen. */
export interface StyleInfo extends Picture {
  readonly id: string;
}

/** A run of this image, for the bar at the bottom. */
export interface RunInfo {
  /** Localized, for example "256 × 171, step 40 of 120". */
  readonly label: string;
  /** 0 … 1, absent while unknown. */
  readonly fraction?: number | undefined;
}

/** What *Stylize* starts with. */
export interface Choice {
  readonly style?: string | undefined;
  /** α/β. */
  readonly ratio: number;
  /** Longest side in pixels, 0 for the size of the image. */
  readonly size: number;
}

/** What a painting of a size would cost here. All texts are localized. */
export interface SizeEstimate {
  /** The choice that it is for. */
  readonly size: number;
  /** For the bar: "370 MB · 40 s". */
  readonly label: string;
  /** In a sentence. */
  readonly sentence: string;
  /** Whether it is more than there is. */
  readonly tooLarge: boolean;
  /** The largest smaller choice that is not. */
  readonly smaller?: number | undefined;
}

export interface EditorSnapshot {
  readonly strings: ImageEditorStrings;
  /** BCP 47, for numbers. */
  readonly locale: string;
  readonly image: ImageInfo;
  /** Newest first. */
  readonly results: readonly ResultInfo[];
  /** Recent and built-in ones, in the order to show them. */
  readonly styles: readonly StyleInfo[];
  readonly choice: Choice;
  /** When the newest painting of this image was asked for, ISO 8601: a style that was chosen before gives way. */
  readonly paintedAt?: string | undefined;
  readonly run?: RunInfo | undefined;
}

/** Host → view. */
export type EditorUpdate =
  | { readonly type: 'snapshot'; readonly snapshot: EditorSnapshot }
  /** The file changed on disk. */
  | { readonly type: 'image'; readonly image: ImageInfo }
  | { readonly type: 'results'; readonly results: readonly ResultInfo[] }
  /** `chosen`: the id to choose now; `paintedAt`: see the snapshot's. */
  | {
      readonly type: 'styles';
      readonly styles: readonly StyleInfo[];
      readonly chosen?: string | undefined;
      readonly paintedAt?: string | undefined;
    }
  | { readonly type: 'run'; readonly run?: RunInfo | undefined }
  /** The answer to a request of this name; absent when there is none. */
  | { readonly type: 'estimate'; readonly estimate?: SizeEstimate | undefined }
  /** A sentence over the picture, for what could not be done; absent takes it away. */
  | { readonly type: 'notice'; readonly notice?: Problem | undefined }
  | { readonly type: 'command'; readonly command: EditorCommand };

/** Commands of VS Code that the view carries out. */
export const EDITOR_COMMANDS = [
  'zoomIn',
  'zoomOut',
  'fit',
  'actualSize',
  'copyImage',
  'view:image',
  'view:sideBySide',
  'view:slider',
  'view:onionSkin',
  'view:difference',
] as const;
export type EditorCommand = (typeof EDITOR_COMMANDS)[number];

/** View → host: intentions. */
export type EditorRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'pickStyle' }
  | {
      readonly type: 'stylize';
      /** Absent: the host asks for it. */
      readonly style?: string | undefined;
      readonly ratio: number;
      readonly size: number;
    }
  /** What would the size cost? The picture's own size in pixels goes with it. */
  | { readonly type: 'estimate'; readonly size: number; readonly width: number; readonly height: number }
  | { readonly type: 'showRun' }
  | { readonly type: 'openResult'; readonly id: string }
  /** The view put the picture on the clipboard, or could not, with the reason. */
  | { readonly type: 'copied'; readonly error?: string | undefined }
  | { readonly type: 'action'; readonly action: string }
  /** URIs dropped from the explorer, as text. */
  | { readonly type: 'dropStyle'; readonly uris: readonly string[] }
  /** A file dropped from outside VS Code: its encoded bytes, as they lay on disk. */
  | { readonly type: 'dropFile'; readonly name: string; readonly bytes: Uint8Array }
  /** A file dropped from outside is larger than 64 MiB and was not read. */
  | { readonly type: 'dropRefused'; readonly name: string };

const isImageInfo: Guard<ImageInfo> = shaped<ImageInfo>({
  name: isString,
  uri: isString,
  format: isString,
  bytes: isAmount,
  width: optional(isAmount),
  height: optional(isAmount),
  problem: optional(isProblem),
});

const isResultInfo: Guard<ResultInfo> = (value): value is ResultInfo =>
  isPicture(value) &&
  shaped<Pick<ResultInfo, 'id' | 'detail' | 'running'>>({
    id: isString,
    detail: isString,
    running: isBoolean,
  })(value);

const isStyleInfo: Guard<StyleInfo> = (value): value is StyleInfo =>
  isPicture(value) && shaped<Pick<StyleInfo, 'id'>>({ id: isString })(value);

const isRunInfo: Guard<RunInfo> = shaped<RunInfo>({ label: isString, fraction: optional(isNumber) });

const isChoice: Guard<Choice> = shaped<Choice>({
  style: optional(isString),
  ratio: isAmount,
  size: isAmount,
});

const isSizeEstimate: Guard<SizeEstimate> = shaped<SizeEstimate>({
  size: isAmount,
  label: isString,
  sentence: isString,
  tooLarge: isBoolean,
  smaller: optional(isAmount),
});

const isEditorSnapshot: Guard<EditorSnapshot> = shaped<EditorSnapshot>({
  strings: textsLike(imageEditorStrings),
  locale: isLocale,
  image: isImageInfo,
  results: listOf(isResultInfo),
  styles: listOf(isStyleInfo),
  choice: isChoice,
  paintedAt: optional(isString),
  run: optional(isRunInfo),
});

export const isEditorUpdate: Guard<EditorUpdate> = message<EditorUpdate>({
  snapshot: { snapshot: isEditorSnapshot },
  image: { image: isImageInfo },
  results: { results: listOf(isResultInfo) },
  styles: { styles: listOf(isStyleInfo), chosen: optional(isString), paintedAt: optional(isString) },
  run: { run: optional(isRunInfo) },
  estimate: { estimate: optional(isSizeEstimate) },
  notice: { notice: optional(isProblem) },
  command: { command: oneOf(...EDITOR_COMMANDS) },
});

export const isEditorRequest: Guard<EditorRequest> = message<EditorRequest>({
  ready: {},
  pickStyle: {},
  stylize: { style: optional(isString), ratio: isAmount, size: isAmount },
  estimate: { size: isAmount, width: isAmount, height: isAmount },
  showRun: {},
  openResult: { id: isString },
  copied: { error: optional(isString) },
  action: { action: isString },
  dropStyle: { uris: listOf(isString) },
  dropFile: { name: isString, bytes: isBytes },
  dropRefused: { name: isString },
});
