import type { DeviceName } from '../../backends/device';
import type { DeviceReport } from '../../backends/report';
import type { RuntimeState } from '../../backends/runtimes';
import type { ErrorReport, Explanation } from '../../common/errors';
import type { Message } from '../../common/messages';
import type { JobEvent } from '../../jobs/events';
import type { ModelListing } from '../../models/listModels';
import type { Recipe } from '../../recipe/recipe';
import type { FigureEvent } from '../figures/figureEvent';
import type { FigureInput } from '../figures/figurePlan';
import type { PaintingPlan, RunEstimate } from '../run/estimate';
import type { Insight, InsightKind } from '../insights/insight';

/** Choice of the device for a job: the ladder, or one by name. */
export type DeviceChoice = 'auto' | DeviceName;

/** Settings of the machine, not of the picture: they do not travel with a recipe. */
export interface EngineSettings {
  readonly device: DeviceChoice;
  /** Threads for the CPU; 0 means all physical cores. */
  readonly threads: number;
  /** Folder for models, jobs and what was measured about devices. */
  readonly storage: string;
  /** Mirror base URL or folder for model downloads; empty for the original host. */
  readonly mirror: string;
  /** Proxy for downloads, by default that of the environment; empty for none at all. */
  readonly proxy?: string;
  /** Hosts that are reached without a proxy, with what lies below them. */
  readonly noProxy?: readonly string[];
  /** Folder of a TensorFlow to use in place of the one that Atelier installs. */
  readonly tensorflow?: string;
  /** The NVIDIA card to compute on, by number or UUID; by default the fastest. */
  readonly card?: string;
  /** Of the pages that are written; `bundle`: file with its texts, by the English ones. English by default. */
  readonly language?: { readonly tag: string; readonly bundle: string };
}

/** Changes to the strengths of a running job; absent fields stay. The layers themselves cannot change. */
export interface Tuning {
  /** α/β. */
  readonly ratio?: number;
  readonly contentLayers?: Readonly<Record<string, number>>;
  readonly styleLayers?: Readonly<Record<string, number>>;
  /** γ. */
  readonly tv?: number;
}

/** What is known of an image file without decoding all of it. */
export interface InspectedImage {
  /** As it is shown, EXIF orientation applied. */
  readonly width: number;
  readonly height: number;
  readonly format: string;
  readonly hasAlpha: boolean;
  /** The recipe inside, when Atelier made the image; not validated. */
  readonly recipe?: unknown;
}

/** What a client asks. Every request is answered by one reply with its id. */
export type Request =
  /** First of all; replies `Replies['hello']`. Again at any time to change settings for the jobs to come. */
  | { readonly type: 'hello'; readonly settings: EngineSettings }
  /** Runs or resumes the job in the folder (absolute path); replies when it is queued. Events tell the rest. */
  | { readonly type: 'run'; readonly job: string }
  | { readonly type: 'pause'; readonly job: string }
  | { readonly type: 'continue'; readonly job: string }
  /** Stops at the next evaluation with a checkpoint; `keep` saves the picture as it is. */
  | { readonly type: 'stop'; readonly job: string; readonly keep: boolean }
  | { readonly type: 'retune'; readonly job: string; readonly tuning: Tuning }
  /**
   * What someone looks at beside the painting of this job; `none` when nobody looks any more. Only the latest request
   * counts. `insight` messages follow, those that are known already at once.
   */
  | { readonly type: 'watchInsights'; readonly job: string; readonly kind: InsightKind | 'none' }
  /** Finds the figure that is made from the same, or creates it; it is not begun. */
  | { readonly type: 'findFigure'; readonly input: FigureInput }
  /** Makes what is missing of the figure in the folder; replies when it is queued. `figure` messages tell the rest. */
  | { readonly type: 'makeFigure'; readonly figure: string }
  /** Stops at the next evaluation, or takes it out of the queue; finished pictures are kept. */
  | { readonly type: 'stopFigure'; readonly figure: string }
  /** A picture of a grid as the recipe of a normal run. `size`: its longest side; 0 keeps the content's. */
  | {
      readonly type: 'recipeOfCell';
      readonly figure: string;
      readonly cell: string;
      readonly size: number;
    }
  | { readonly type: 'devices' }
  | { readonly type: 'inspect'; readonly image: string }
  /**
   * Writes the image to the file `to`, whose ending chooses png, jpg or webp; `side` > 0 limits the longest side.
   * For thumbnails, and for formats that a browser cannot show. An existing file is replaced.
   */
  | { readonly type: 'convert'; readonly image: string; readonly to: string; readonly side: number }
  /** What a painting would cost here; measures a device that is not known yet unless something is being painted. */
  | { readonly type: 'estimate'; readonly plan: PaintingPlan }
  | { readonly type: 'models' }
  /** The caller has the consent of the person. `progress` messages carry this request's id. */
  | { readonly type: 'download'; readonly model: string }
  | { readonly type: 'importModel'; readonly file: string }
  | { readonly type: 'verifyModel'; readonly model: string }
  /** What an installation of TensorFlow needs, or why it cannot be; replies `Replies['describeRuntime']`. */
  | { readonly type: 'describeRuntime'; readonly variant: 'cpu' | 'cuda' }
  /** The caller has the consent of the person. `progress` messages carry this request's id. */
  | { readonly type: 'installRuntime'; readonly variant: 'cpu' | 'cuda' }
  | { readonly type: 'removeRuntime' }
  /** Gives up a download or import that is under way; its reply is then the error `interrupted`. */
  | { readonly type: 'cancel'; readonly request: number }
  /** Stops the running job with a checkpoint, replies, and exits. */
  | { readonly type: 'shutdown' };

export type RequestMessage = Request & { readonly id: number };

/** What a successful reply carries, by request. */
export interface Replies {
  readonly hello: { readonly pid: number; readonly version: string };
  /** 0: it begins now; n: that many jobs are before it. */
  readonly run: { readonly position: number };
  readonly pause: undefined;
  readonly continue: undefined;
  readonly stop: undefined;
  readonly retune: undefined;
  readonly watchInsights: undefined;
  /** Absolute path of its folder. */
  readonly findFigure: { readonly figure: string };
  /** As for `run`. */
  readonly makeFigure: { readonly position: number };
  readonly stopFigure: undefined;
  readonly recipeOfCell: Recipe;
  /** Measured anew unless something is being painted. */
  readonly devices: {
    readonly devices: readonly DeviceReport[];
    readonly runtimes: readonly RuntimeState[];
  };
  readonly inspect: InspectedImage;
  readonly convert: { readonly width: number; readonly height: number };
  readonly estimate: RunEstimate;
  readonly models: readonly ModelListing[];
  readonly describeRuntime: {
    readonly notice: Message;
    readonly obstacle?: Explanation;
    /** What is installed already, complete. */
    readonly installed?: 'cpu' | 'cuda';
  };
  /** The card that was found to compute, with its build for CUDA. */
  readonly installRuntime: { readonly card?: string };
  readonly removeRuntime: undefined;
  readonly download: undefined;
  readonly importModel: { readonly name: string };
  readonly verifyModel: undefined;
  readonly cancel: undefined;
  readonly shutdown: undefined;
}

/** What the engine says: replies to requests, progress of long ones, and events of jobs. */
export type EngineMessage =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value?: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: ErrorReport }
  /** Bytes done and in all; `total` 0 while unknown. */
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly type: 'event'; readonly job: string; readonly event: JobEvent }
  | { readonly type: 'figure'; readonly figure: string; readonly event: FigureEvent }
  | { readonly type: 'insight'; readonly job: string; readonly insight: Insight }
  | { readonly type: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
