/**
 * What other extensions can ask of Atelier:
 *
 *     const atelier = await vscode.extensions.getExtension<AtelierApi>('atelier.atelier')?.activate();
 *     const painting = await atelier?.stylize({ content, styles: ['swatch:woodcut'] });
 */
import type { Event, Uri } from 'vscode';

/** A painting that is asked for. What is left open comes from the preset. */
export interface PaintingRequest {
  /** The photograph. */
  readonly content: Uri;
  /** Style images, or `swatch:ID` for built-in styles; several are blended in equal shares. */
  readonly styles: readonly (Uri | string)[];
  /** A name that is free, or a folder for a free name in it; by default beside the photograph. Nothing is overwritten. */
  readonly output?: Uri;
  readonly preset?: 'studio' | 'lineart' | 'preview' | 'paper' | 'article';
  /** Longest side in pixels; 0 keeps the size. */
  readonly size?: number;
  /** Optimizer steps. */
  readonly steps?: number;
  /** Further fields of a recipe, as in an `.atelier.json` file. */
  readonly recipe?: Readonly<Record<string, unknown>>;
}

/** A painting that has come to its end. */
export interface FinishedPainting {
  /** The identifier of its run: `vscode://atelier.atelier/run/…` opens it. */
  readonly run: string;
  readonly state: 'done' | 'stopped' | 'failed' | 'interrupted';
  readonly content: Uri;
  /** Where it is saved. */
  readonly output?: Uri;
  /** What went wrong, in the language of the window. */
  readonly problem?: string;
}

/** A painting that waits or is under way. */
export interface Painting {
  readonly run: string;
  /** Its end. Never rejects. */
  readonly finished: Promise<FinishedPainting>;
}

/** The exports of the extension. */
export interface AtelierApi {
  /**
   * Paints in this window, after what waits already. Rejects with a sentence when something that the request names is
   * missing or wrong; what turns out later is told by `finished`.
   */
  stylize(request: PaintingRequest): Promise<Painting>;
  /** A painting of this window, whoever asked for it, has come to its end. */
  readonly onDidFinish: Event<FinishedPainting>;
}
