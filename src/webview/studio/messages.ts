/**
 * What the studio panel and the extension host say to each other. The history lives in the host: the panel says
 * `ready` (when it opens, is shown again or is moved) and gets one `snapshot`; after it, only what changed.
 */
import type { HistoryPoint, LossHistory } from '../../jobs/history';
import type { Losses } from '../../nst/objective';
import { studioStrings, type StudioStrings } from '../common/strings';
import {
  isAmount,
  isBoolean,
  isBytes,
  isExtent,
  isLocale,
  isNumber,
  isNumbers,
  isString,
  listOf,
  message,
  oneOf,
  optional,
  recordOf,
  shaped,
  textsLike,
  type Guard,
} from '../common/guard';
import { isPicture, type Picture } from '../common/pictures/picture';
import { isInsight, isReconstruction, type LayerInsight, type Reconstruction } from './insights/insight';
import { isStatus, type Status } from './status';

/** A preview of the timeline. */
export interface Frame {
  readonly uri: string;
  readonly step: number;
  readonly scale: readonly [number, number];
}

/** Strengths that act while the run runs; style layers by name, weights w_l >= 0. */
export interface Controls {
  /** α/β; 0 means style only. */
  readonly ratio: number;
  /** γ. */
  readonly tv: number;
  readonly styleLayers: Readonly<Record<string, number>>;
}

/** Changes to the controls; absent fields stay. The engine's protocol takes it as it is. */
export interface Tuning {
  readonly ratio?: number;
  readonly tv?: number;
  readonly styleLayers?: Readonly<Record<string, number>>;
}

/** What was asked: does not change while the panel shows this run. */
export interface RunSummary {
  readonly id: string;
  readonly content: Picture;
  readonly styles: readonly Picture[];
  /** For example "lite" or "VGG-19". */
  readonly model: string;
  /** What of the features makes a style, localized. */
  readonly statistics: string;
  readonly recipeName?: string | undefined;
  /** Layers in network order. */
  readonly contentLayers: readonly string[];
  readonly styleLayers: readonly string[];
  /** As the recipe has them: what "reset" goes back to. */
  readonly controls: Controls;
}

/** A retune during the run: a vertical line in the curves. */
export interface Mark {
  readonly step: number;
  /** What changed, in words, localized. */
  readonly label: string;
}

/** Everything the panel needs to show a run it has never seen. */
export interface Snapshot {
  readonly strings: StudioStrings;
  /** BCP 47, for numbers. */
  readonly locale: string;
  /** Absent: there is nothing to show yet. */
  readonly run?: RunSummary | undefined;
  readonly status?: Status | undefined;
  readonly controls?: Controls | undefined;
  readonly frames: readonly Frame[];
  /** As the job's state has it. */
  readonly history: LossHistory;
  readonly marks: readonly Mark[];
  readonly reconstructions: readonly Reconstruction[];
  readonly insights: readonly LayerInsight[];
}

/**
 * Host → panel. Deltas are about the run of the last snapshot: another run, and a resume that goes back behind what
 * was shown, begin with another snapshot.
 */
export type StudioUpdate =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  /** New steps and frames only, in order, gathered over at most half a second; an absent status is as it was. */
  | {
      readonly type: 'progress';
      readonly points: readonly HistoryPoint[];
      readonly frames: readonly Frame[];
      readonly status?: Status | undefined;
    }
  | { readonly type: 'retuned'; readonly mark: Mark; readonly controls: Controls }
  /** Replaces the one with the same id, or is added at the end. */
  | { readonly type: 'reconstruction'; readonly reconstruction: Reconstruction }
  /** Each replaces the one of the same kind and layer; an absent styleGram, resultGram or gradientOverlay keeps the old one. */
  | { readonly type: 'insights'; readonly insights: readonly LayerInsight[] }
  /** A command of VS Code that only the panel can carry out. */
  | { readonly type: 'command'; readonly command: 'copyImage' };

export const SECTIONS = ['losses', 'reconstructions', 'layers', 'controls'] as const;
export type Section = (typeof SECTIONS)[number];

/** Panel → host: intentions. */
export type StudioRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'pause' }
  | { readonly type: 'continue' }
  /** Stops with a checkpoint; `keep` saves the picture as it is. */
  | { readonly type: 'stop'; readonly keep: boolean }
  /** `tuning`: what was changed in the controls while nothing ran. */
  | { readonly type: 'resume'; readonly tuning?: Tuning | undefined }
  | { readonly type: 'runAgain'; readonly tuning?: Tuning | undefined }
  /** The frame that is shown, or the result where `step` is absent. */
  | { readonly type: 'saveAs'; readonly step?: number | undefined }
  /** The panel put the picture on the clipboard, or could not, with the reason. */
  | { readonly type: 'copied'; readonly error?: string | undefined }
  | { readonly type: 'reveal' }
  | { readonly type: 'open' }
  | { readonly type: 'export' }
  | { readonly type: 'retune'; readonly tuning: Tuning }
  /** Which section is on screen: reconstructions and Gram matrices are computed only for who looks. */
  | { readonly type: 'section'; readonly section: Section }
  | { readonly type: 'action'; readonly action: string }
  /** Start something new: choose an image and a style. */
  | { readonly type: 'begin' }
  | { readonly type: 'pickStyle' }
  /** URIs dropped from the explorer, as text. */
  | { readonly type: 'dropStyle'; readonly uris: readonly string[] }
  /** A file dropped from outside VS Code: its encoded bytes, as they lay on disk. */
  | { readonly type: 'dropFile'; readonly name: string; readonly bytes: Uint8Array }
  /** A file dropped from outside is larger than 64 MiB and was not read. */
  | { readonly type: 'dropRefused'; readonly name: string };

const isFrame: Guard<Frame> = shaped<Frame>({ uri: isString, step: isAmount, scale: isExtent });

const isControls: Guard<Controls> = shaped<Controls>({
  ratio: isAmount,
  tv: isAmount,
  styleLayers: recordOf(isAmount),
});

const isMark: Guard<Mark> = shaped<Mark>({ step: isAmount, label: isString });

const isRunSummary: Guard<RunSummary> = shaped<RunSummary>({
  id: isString,
  content: isPicture,
  styles: listOf(isPicture),
  model: isString,
  statistics: isString,
  recipeName: optional(isString),
  contentLayers: listOf(isString),
  styleLayers: listOf(isString),
  controls: isControls,
});

const isHistory: Guard<LossHistory> = shaped<LossHistory>({
  stride: isAmount,
  steps: isNumbers,
  evaluations: isNumbers,
  seconds: isNumbers,
  total: isNumbers,
  terms: recordOf(isNumbers),
});

const isPoint: Guard<HistoryPoint> = shaped<HistoryPoint>({
  step: isAmount,
  evaluations: isAmount,
  seconds: isAmount,
  losses: shaped<Losses>({ terms: recordOf(isNumber), total: isNumber }),
});

const isSnapshot: Guard<Snapshot> = shaped<Snapshot>({
  strings: textsLike(studioStrings),
  locale: isLocale,
  run: optional(isRunSummary),
  status: optional(isStatus),
  controls: optional(isControls),
  frames: listOf(isFrame),
  history: isHistory,
  marks: listOf(isMark),
  reconstructions: listOf(isReconstruction),
  insights: listOf(isInsight),
});

export const isStudioUpdate: Guard<StudioUpdate> = message<StudioUpdate>({
  snapshot: { snapshot: isSnapshot },
  progress: { points: listOf(isPoint), frames: listOf(isFrame), status: optional(isStatus) },
  retuned: { mark: isMark, controls: isControls },
  reconstruction: { reconstruction: isReconstruction },
  insights: { insights: listOf(isInsight) },
  command: { command: oneOf('copyImage') },
});

const isTuning: Guard<Tuning> = shaped<Tuning>({
  ratio: optional(isAmount),
  tv: optional(isAmount),
  styleLayers: optional(recordOf(isAmount)),
});

export const isStudioRequest: Guard<StudioRequest> = message<StudioRequest>({
  ready: {},
  pause: {},
  continue: {},
  stop: { keep: isBoolean },
  resume: { tuning: optional(isTuning) },
  runAgain: { tuning: optional(isTuning) },
  saveAs: { step: optional(isAmount) },
  copied: { error: optional(isString) },
  reveal: {},
  open: {},
  export: {},
  retune: { tuning: isTuning },
  section: { section: oneOf(...SECTIONS) },
  action: { action: isString },
  begin: {},
  pickStyle: {},
  dropStyle: { uris: listOf(isString) },
  dropFile: { name: isString, bytes: isBytes },
  dropRefused: { name: isString },
});
