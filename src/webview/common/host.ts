import type * as z from 'zod/mini';
import type { Reader } from '../../protocol/schema';

/** What VS Code gives to a webview's script; may be asked for once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** A first request without an answer is repeated after this time, and each further one after twice as long; milliseconds. */
const TIMEOUT_MS = 2000;

/** The way to the extension host: typed messages in both directions and the state that survives hiding. */
export class Host<Request, Update extends { readonly type: string }> {
  private readonly api = acquireVsCodeApi();
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly read: Reader<Update>) {}

  send(request: Request): void {
    this.api.postMessage(request);
  }

  /** Calls back for every message that the reader knows; others are dropped. */
  listen(receive: (update: Update) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const update = this.read(data);
      if (update === undefined) return;
      if (update.type === 'snapshot') clearTimeout(this.waiting);
      receive(update);
    });
  }

  /**
   * Says that the page is there, and says it again until a snapshot comes: what is sent while the extension host is
   * busy starting, or is replaced by another, may reach nobody.
   */
  connect(requests: () => readonly Request[], delay = TIMEOUT_MS): void {
    for (const request of requests()) this.send(request);
    this.waiting = setTimeout(() => this.connect(requests, delay * 2), delay);
  }

  /** The kept state where it fits the defaults field by field, the defaults elsewhere. */
  restore<State extends object>(
    defaults: State,
    schemas: { readonly [K in keyof State]: z.ZodMiniType<State[K]> },
  ): State {
    const kept = this.api.getState() as Partial<State> | undefined;
    const state = { ...defaults };
    for (const name of Object.keys(defaults) as (keyof State)[]) {
      const { success, data } = schemas[name].safeParse(kept?.[name]);
      if (success) state[name] = data;
    }
    return state;
  }

  keep(state: object): void {
    this.api.setState(state);
  }
}
