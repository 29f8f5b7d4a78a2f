import * as path from 'node:path';
import * as vscode from 'vscode';
import type { FigureInput } from '../../protocol/request';
import type { GridPlan } from '../../engine/figures/figurePlan';
import type { Recipe } from '../../recipe/recipe';
import type { EngineOwner } from '../engine/engineOwner';
import type { Settings } from '../settings';
import type { RecentStyles } from '../stylize/recentStyles';
import { imageOf } from '../stylize/plan';
import type { StylizeFlow } from '../stylize/stylizeFlow';
import { allStyles } from '../stylize/allStyles';
import type { Figures } from './figures';

/** Longest side of a picture of all styles, and of a variation, in pixels. */
const [SHEET_SIDE, VARIATION_SIDE] = [192, 256];

type Part = 'content' | 'style' | 'both';

/** From images to figures of the paper, with one question, or two where a second image is needed. */
export class FigureFlow {
  constructor(
    private readonly engine: EngineOwner,
    private readonly figures: Figures,
    private readonly flow: StylizeFlow,
    private readonly recent: RecentStyles,
    private readonly settings: Settings,
  ) {}

  /** *Reconstruct Layers…*: what of an image, and where both are wanted, the style of which other. */
  async reconstruct(image: string, other?: string): Promise<void> {
    const part = await this.askPart(image, other);
    if (part === undefined) return;
    const style = part === 'both' ? (other ?? (await this.askStyle(image, layersTitle(image)))?.[0]) : image;
    if (style === undefined) return;
    await this.make({
      kind: 'reconstructions',
      ...(part === 'style' ? {} : { content: image }),
      ...(part === 'content' ? {} : { style }),
      ...this.machine,
    });
  }

  /** *Trade-off Grid…*: asks for the style. */
  async tradeoff(content: string): Promise<void> {
    const title = vscode.l10n.t('Trade-off grid of {0}', path.basename(content));
    const styles = await this.askStyle(content, title);
    if (styles !== undefined) await this.grid(content, styles);
  }

  /** The reconstructions of a run's own images. */
  async reconstructRun({ content, styles }: Recipe): Promise<void> {
    const [style] = styles;
    if (style !== undefined)
      await this.make({ kind: 'reconstructions', content, style: style.image, ...this.machine });
  }

  /** The grid of a run's own images. */
  async tradeoffOfRun({ content, styles }: Recipe): Promise<void> {
    await this.grid(
      content,
      styles.map(({ image }) => image),
    );
  }

  /** *Try All Styles*: one image in the built-in styles and those of the workspace, small. */
  async allStyles(content: string): Promise<void> {
    // While the workspace is searched, the engine gets ready.
    void this.engine.warm();
    const styles = await allStyles(content, image => this.engine.ask({ type: 'inspect', image }));
    const model = this.settings.model ?? 'lite';
    await this.make({ kind: 'styles', content, styles: [...styles], model, size: SHEET_SIDE });
  }

  /** *Variations*: a run with more and less style, and with finer and coarser strokes. */
  async variations(job: string): Promise<void> {
    await this.make({ kind: 'variations', job, size: VARIATION_SIDE });
  }

  /** A grid once more with cold starts instead of warm ones, or the other way round. */
  async otherStarts({ base, start }: GridPlan): Promise<void> {
    const { content, size, model, steps } = base;
    const styles = base.styles.map(({ image }) => image);
    const other = start === 'warm' ? 'cold' : 'warm';
    await this.make({ kind: 'tradeoff', content, styles, size, model, steps, start: other });
  }

  private get machine(): { readonly size: number; readonly model: string; readonly steps?: number } {
    return { model: this.settings.model ?? 'lite', ...this.settings.figures };
  }

  private async grid(content: string, styles: readonly string[]): Promise<void> {
    await this.make({ kind: 'tradeoff', content, styles: [...styles], ...this.machine });
  }

  private async askPart(image: string, other: string | undefined): Promise<Part | undefined> {
    // While the person chooses, the engine gets ready.
    void this.engine.warm();
    const name = path.basename(image);
    const items: (vscode.QuickPickItem & { readonly part: Part })[] = [
      {
        part: 'content',
        label: `$(file-media) ${vscode.l10n.t('Content')}`,
        description: vscode.l10n.t('What each layer keeps of {0}', name),
      },
      {
        part: 'style',
        label: `$(symbol-color) ${vscode.l10n.t('Style')}`,
        description: vscode.l10n.t('Textures of {0} from growing sets of layers', name),
      },
      {
        part: 'both',
        label: `$(layers) ${vscode.l10n.t('Both')}`,
        description:
          other === undefined
            ? vscode.l10n.t('The content of {0} and the style of another image…', name)
            : vscode.l10n.t('The content of {0} and the style of {1}', name, path.basename(other)),
      },
    ];
    const chosen = await vscode.window.showQuickPick(items, {
      title: layersTitle(image),
      placeHolder: vscode.l10n.t('What do you want to reconstruct?'),
    });
    return chosen?.part;
  }

  private async askStyle(content: string, title: string): Promise<readonly string[] | undefined> {
    const styles = (await this.flow.askOneStyle(content, title, 'equal'))?.map(imageOf);
    if (styles !== undefined) await this.recent.add(styles);
    return styles;
  }

  private async make(input: FigureInput): Promise<void> {
    const figure = await this.figures.start(input);
    this.figures.show(figure);
  }
}

function layersTitle(image: string): string {
  return vscode.l10n.t('Reconstruct the layers of {0}', path.basename(image));
}
