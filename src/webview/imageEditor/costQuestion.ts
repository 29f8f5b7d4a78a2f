import type { EditorRequest, WholeChoice } from '../../protocol/imageEditor';
import type { Extent } from '../common/pictures/viewBox';

/** Someone who looks through the sizes is not answered on every one, in milliseconds. */
const ASK_AFTER_MS = 300;

/** Asks what the chosen painting would cost, when that is another question than the last one. */
export class CostQuestion {
  private asked = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (request: EditorRequest) => void) {}

  /** @param idle nothing is being painted: while something is, there is less memory than before and after */
  ask(choice: WholeChoice, { width, height }: Extent, idle: boolean): void {
    const { preset, size, steps } = choice;
    const question = [preset, size, steps, width, height, idle].join();
    if (question === this.asked) return;
    this.asked = question;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send({ type: 'estimate', choice, width, height }), ASK_AFTER_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
