import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Dropped } from '../../../protocol/page';
import { droppedUris, MAX_DROPPED_BYTES, mayBeStyle } from './droppedStyle';

/** Takes images dropped on an element. VS Code lets a drag from its explorer through while Shift is held. */
export class DropTarget implements ReactiveController {
  /** A drag that may be a style is over the element. */
  over = false;

  constructor(
    private readonly element: ReactiveControllerHost & HTMLElement,
    private readonly receive: (dropped: Dropped) => void,
  ) {
    element.addController(this);
  }

  hostConnected(): void {
    this.element.addEventListener('dragenter', this.drag);
    this.element.addEventListener('dragover', this.drag);
    this.element.addEventListener('dragleave', this.leave);
    this.element.addEventListener('drop', this.drop);
  }

  hostDisconnected(): void {
    this.element.removeEventListener('dragenter', this.drag);
    this.element.removeEventListener('dragover', this.drag);
    this.element.removeEventListener('dragleave', this.leave);
    this.element.removeEventListener('drop', this.drop);
  }

  private readonly drag = (event: DragEvent): void => {
    if (event.dataTransfer === null || !mayBeStyle([...event.dataTransfer.types])) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.show(true);
  };

  private readonly leave = (event: DragEvent): void => {
    const into = event.relatedTarget;
    if (!(into instanceof Node) || !this.element.contains(into)) this.show(false);
  };

  private readonly drop = (event: DragEvent): void => {
    this.show(false);
    const { dataTransfer } = event;
    if (dataTransfer === null) return;
    event.preventDefault();
    const uris = droppedUris(type => dataTransfer.getData(type));
    const file = dataTransfer.files[0];
    if (uris.length > 0) this.receive({ type: 'dropStyle', uris });
    else if (file !== undefined) void this.take(file);
  };

  private async take(file: File): Promise<void> {
    const { name } = file;
    if (file.size > MAX_DROPPED_BYTES) this.receive({ type: 'dropRefused', name });
    else this.receive({ type: 'dropFile', name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }

  private show(over: boolean): void {
    if (over === this.over) return;
    this.over = over;
    this.element.requestUpdate();
  }
}
