import { AtelierError } from '../../common/errors';
import type { EngineMessage } from '../../protocol/engine';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AtelierError) => void;
  readonly onProgress: ((done: number, total: number) => void) | undefined;
}

/** Requests that wait for their replies. */
export class PendingReplies {
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();

  add(onProgress?: (done: number, total: number) => void): { id: number; reply: Promise<unknown> } {
    const id = this.nextId++;
    const reply = new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, onProgress });
    });
    // Requests sent on the client's own account have nobody who waits for them.
    reply.catch(() => undefined);
    return { id, reply };
  }

  resolve({ id, value }: EngineMessage & { type: 'reply' }): void {
    this.take(id)?.resolve(value);
  }

  reject({ id, error }: EngineMessage & { type: 'refusal' }): void {
    this.take(id)?.reject(AtelierError.of(error));
  }

  progress({ id, done, total }: EngineMessage & { type: 'progress' }): void {
    this.waiting.get(id)?.onProgress?.(done, total);
  }

  rejectAll(error: AtelierError): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }
}
