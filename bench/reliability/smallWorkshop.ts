import * as fs from 'node:fs';
import * as path from 'node:path';
import { writePicture } from '../../test/engine/stage/pictures';
import { Workshop } from '../../test/engine/stage/workshop';
import type { Recipe } from '../../src/recipe/recipe';

/** A workshop whose pictures are so small that a painting takes a part of a second. */
export class SmallWorkshop extends Workshop {
  override async open(): Promise<this> {
    await super.open();
    await writePicture(this.at('content.png'), { width: 40, height: 32, kind: 'hills' });
    await writePicture(this.at('style.png'), { width: 32, height: 24, kind: 'stripes' });
    return this;
  }

  override recipe(fields: Partial<Recipe> = {}): Recipe {
    return super.recipe({ size: 32, steps: 12, ...fields });
  }

  /** Processes that run one of the bundles. */
  processes(): number[] {
    const bundles = path.dirname(this.engineEntry);
    return fs
      .readdirSync('/proc')
      .filter(name => /^\d+$/.test(name) && commandOf(name).includes(bundles))
      .map(Number);
  }
}

function commandOf(pid: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
