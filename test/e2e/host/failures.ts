import { afterEach } from 'vitest';

import type { Workbench } from './workbench';

/** Keeps a picture of the window as it was when a test of the suite failed, in `out/screenshots/failed`. */
export function pictureFailures(window: () => Workbench | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const name = task.name.replace(/\W+/g, '-').slice(0, 80);
    // The window may be what is broken.
    await window()
      ?.screenshot(`failed/${name}`)
      .catch(() => undefined);
  });
}
