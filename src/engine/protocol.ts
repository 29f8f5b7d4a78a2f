import type { ErrorReport } from '../errors';
import type { JobEvent } from '../jobs/events';

/** Choice of the device for a job: the ladder, or one by name. */
export type DeviceChoice = 'auto' | 'cpu' | 'webgpu' | 'cuda' | 'wasm';

/** Settings of the machine, not of the picture: they do not travel with a recipe. */
export interface EngineSettings {
  readonly device: DeviceChoice;
  /** Threads for the CPU; 0 means all physical cores. */
  readonly threads: number;
  /** Folder for models, jobs and what was measured about devices. */
  readonly storage: string;
  /** Mirror base URL or folder for model downloads; empty for the original host. */
  readonly mirror: string;
}

/** Changes to the strengths of a running job; absent fields stay. */
export interface Tuning {
  readonly ratio?: number;
  readonly styleLayers?: Readonly<Record<string, number>>;
  readonly tv?: number;
}

/** What a client asks. Every request is answered by one reply with its id. */
export type Request =
  | { readonly type: 'hello'; readonly settings: EngineSettings }
  /** Runs or resumes the job in the folder; replies when it is queued. Events tell the rest. */
  | { readonly type: 'run'; readonly job: string }
  | { readonly type: 'pause'; readonly job: string }
  | { readonly type: 'continue'; readonly job: string }
  /** Stops at the next evaluation with a checkpoint; `keep` saves the picture as it is. */
  | { readonly type: 'stop'; readonly job: string; readonly keep: boolean }
  | { readonly type: 'retune'; readonly job: string; readonly tuning: Tuning }
  | { readonly type: 'devices' }
  | { readonly type: 'shutdown' };

export type RequestMessage = Request & { readonly id: number };

/** What the engine says: replies to requests, and events of jobs. */
export type EngineMessage =
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value?: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: ErrorReport }
  | { readonly type: 'event'; readonly job: string; readonly event: JobEvent }
  | { readonly type: 'log'; readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
