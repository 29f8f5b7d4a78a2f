import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { readFailed } from '../common/fileError';
import { msg } from '../common/messages';
import { isMissing } from '../common/systemErrors';
import { isFolder } from '../jobs/output';
import type { StoredJob } from '../jobs/folder';
import { imagesOf, mapFiles, type NamedFile } from '../recipe/recipePaths';
import type { RecipeFile } from '../recipe/recipe';

/** What agents may read and write: anything that the person may, or what is inside the roots alone. */
export class Access {
  /** Absolute, and where their links lead. */
  private readonly roots: readonly string[];

  /**
   * @param roots folders; none means that nothing is forbidden
   * @throws `file-missing`, `file-unreadable` for what is no folder
   */
  constructor(roots: readonly string[]) {
    this.roots = roots.map(root => {
      if (!isFolder(root) && fs.existsSync(root))
        throw new AtelierError('file-unreadable', msg`${root} is not a folder.`, {
          next: msg`Give the folder that contains it.`,
        });
      return realPath(path.resolve(root), root);
    });
  }

  /**
   * The recipe with absolute paths, inside the roots, links followed: what is read and written later is what was looked at.
   * @throws `file-missing`, `file-unreadable`, `write-failed`
   */
  admit<Part extends RecipeFile>(recipe: Part): Part {
    return mapFiles(recipe, named =>
      named.role === 'result' ? this.result(named.file) : this.source(named),
    );
  }

  /**
   * The absolute path of a file that may be read.
   * @throws `file-missing`, `file-unreadable`
   */
  source({ file }: Pick<NamedFile, 'file'>): string {
    const resolved = this.resolve(file);
    if (!this.isInside(resolved)) throw this.forbidden('file-unreadable', file);
    const real = realPath(resolved, file);
    if (!this.isInside(real)) throw this.forbidden('file-unreadable', file);
    // A pipe or a terminal would be waited for.
    if (!fs.statSync(real).isFile())
      throw new AtelierError('file-unreadable', msg`${file} is not a regular file.`);
    return real;
  }

  /** Whether an agent may see a job: all that it was made from, and its result, are inside the roots. */
  mayShow({ recipe, state }: StoredJob): boolean {
    const files = [...imagesOf(recipe), ...[recipe.output, state.output].filter(file => file !== undefined)];
    return files.every(file => this.isInside(wherever(path.resolve(file))));
  }

  /** Where a result may go: a name that is free, or a folder for a free name in it. */
  private result(file: string): string {
    const resolved = this.resolve(file);
    if (!this.isInside(resolved)) throw this.forbidden('write-failed', file);
    const folder = path.dirname(resolved);
    if (!isFolder(folder))
      throw new AtelierError('file-missing', msg`${folder}: the output folder does not exist.`, {
        next: msg`Create it, or choose another.`,
      });
    const real = isFolder(resolved)
      ? realPath(resolved, file)
      : path.join(realPath(folder, file), path.basename(resolved));
    if (!this.isInside(real)) throw this.forbidden('write-failed', file);
    // A link that leads nowhere is there as well.
    if (!isFolder(real) && isThere(real, file))
      throw new AtelierError('write-failed', msg`${file} already exists and is not overwritten.`, {
        next: msg`Choose another name.`,
      });
    return real;
  }

  private resolve(file: string): string {
    // Of what the system cannot name, its own sentence.
    if (file.includes('\0')) throw readFailed(file, { code: 'ERR_INVALID_ARG_VALUE' });
    return path.resolve(this.roots[0] ?? '', file);
  }

  private isInside(file: string): boolean {
    return this.roots.length === 0 || this.roots.some(root => isBelow(root, file));
  }

  private forbidden(code: 'file-unreadable' | 'write-failed', file: string): AtelierError {
    return new AtelierError(code, msg`${file} is outside the folders that agents may use.`, {
      next: msg`Choose a file in ${this.roots.join(', ')}.`,
    });
  }
}

function isBelow(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return (
    relative === '' ||
    !(relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
  );
}

function realPath(resolved: string, file: string): string {
  try {
    return fs.realpathSync(resolved);
  } catch (error) {
    throw readFailed(file, error);
  }
}

/** Where a path leads, as far as that can be told: what was there may have gone. */
function wherever(resolved: string): string {
  try {
    return fs.realpathSync(resolved);
  } catch {
    return resolved;
  }
}

function isThere(real: string, file: string): boolean {
  try {
    fs.lstatSync(real);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw readFailed(file, error);
  }
}
