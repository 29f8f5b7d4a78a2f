import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Recipe } from '../../recipe/recipe';
import { resourcePath } from '../../common/resources';
import type { EngineOwner } from '../engine/engineOwner';
import type { RecipeStore } from '../recipes/recipeStore';
import type { Runs } from '../runs/runs';
import type { Settings } from '../settings';
import type { Blend } from '../../protocol/stylePicker';
import { askCost } from './askCost';
import { pickContents } from './contentPicker';
import { imageOf, planRecipe, recipeFrom, type ChosenStyle, type PlanOptions } from './plan';
import { showContent } from './showContent';
import type { RecentStyles } from './recentStyles';
import { askToReplace } from './replacing';
import { styleName } from './styleName';
import { pickStyle, type StyleChoice, type StyleQuestion } from './stylePicker';
import type { StylePage } from './stylePage';
import { makeFolder } from '../../common/makeFolder';

/** From images to running paintings, with one question at most. */
export class StylizeFlow {
  constructor(
    private readonly engine: EngineOwner,
    private readonly runs: Runs,
    private readonly settings: Settings,
    private readonly recent: RecentStyles,
    private readonly recipes: RecipeStore,
    private readonly page: StylePage,
  ) {}

  /**
   * *Stylize Image…*: asks for images where none are given, then for a style, and paints.
   * @param stays whether the question for a style stays when the focus goes elsewhere
   */
  async stylize(contents: readonly string[], options: PlanOptions = {}, stays = false): Promise<void> {
    const images = contents.length > 0 ? contents : await this.askContents(vscode.l10n.t('Stylize an image'));
    if (images.length === 0) return;
    const choice = await this.askStyle(images, options, stays);
    if (choice === undefined) return;
    await this.paint(await this.recipesOf(images, choice, options));
  }

  /** Paints every image in the blend of the styles, without a question. */
  async paintWith(
    contents: readonly string[],
    styles: readonly string[],
    options: PlanOptions = {},
  ): Promise<void> {
    await this.recent.add(styles);
    const settled = await this.settle(contents);
    await this.paint(settled.map(content => planRecipe(content, styles, this.settings, options)));
  }

  /** *Use as Style for…*: asks what to paint in the style of the images, of their blend where there are several. */
  async useAsStyle(styles: readonly string[]): Promise<void> {
    const contents = await this.askContents(
      vscode.l10n.t('Paint in the style of {0}', styles.map(styleName).join(' + ')),
    );
    if (contents.length > 0) await this.paintWith(contents, styles);
  }

  /**
   * Asks for a style, and paints the sample picture. The question stays: a walkthrough moves the focus to its step some time
   * after that has opened.
   */
  async stylizeSample(): Promise<void> {
    await this.stylize([samplePicture()], {}, true);
  }

  /**
   * Asks for a style alone. Several styles are blended, as far as the question allows; a recipe is no style.
   * @param title what it is for, where nothing is painted with the answer alone
   */
  async askOneStyle(
    content: string,
    title = vscode.l10n.t('Choose a style'),
    blend: Blend = 'shares',
  ): Promise<readonly ChosenStyle[] | undefined> {
    const choice = await this.pickStyle([content], { title, blend });
    if (choice?.kind === 'styles') return choice.styles;
    if (choice === undefined) return undefined;
    return (await recipeFrom(choice.file, this.settings, { content })).styles.map(({ image }) => image);
  }

  /** Starts the paintings one after the other and shows the first; asks before files are replaced, and before much is spent. */
  async paint(asked: readonly Recipe[]): Promise<void> {
    const recipes = (await askCost(asked, this.engine)) ?? [];
    const [first, ...others] = recipes;
    if (first === undefined) return;
    const overwrite = await askToReplace(recipes);
    if (overwrite === undefined) return;
    const start = (recipe: Recipe) => this.runs.start(recipe, overwrite);
    const [run] = await Promise.all([start(first), showContent(first.content)]);
    this.runs.show(run);
    for (const recipe of others) await start(recipe);
  }

  /** Asks for images to paint; none where the person has thought better of it. */
  async askContents(title: string): Promise<readonly string[]> {
    const choice = await pickContents({
      title,
      placeholder: vscode.l10n.t('Choose the image to paint'),
      many: true,
    });
    if (choice === undefined) return [];
    return choice === 'sample' ? [samplePicture()] : choice.files;
  }

  private askStyle(
    contents: readonly string[],
    { preset = this.settings.preset }: PlanOptions,
    stays = false,
  ): Promise<StyleChoice | undefined> {
    const [first = ''] = contents;
    const title =
      contents.length === 1
        ? vscode.l10n.t('Stylize {0}', path.basename(first))
        : vscode.l10n.t('Stylize {0} images', contents.length);
    return this.pickStyle(contents, { title, preset, stays });
  }

  private pickStyle(
    contents: readonly string[],
    asked: Pick<StyleQuestion, 'title' | 'preset' | 'stays' | 'blend'>,
  ): Promise<StyleChoice | undefined> {
    // While the person chooses, the engine gets ready.
    void this.engine.warm();
    const question = { ...asked, contents, recent: this.recent, recipes: this.recipes };
    return this.settings.stylePicker === 'list' ? pickStyle(question) : this.page.ask(question);
  }

  private async recipesOf(
    images: readonly string[],
    choice: StyleChoice,
    options: PlanOptions,
  ): Promise<readonly Recipe[]> {
    const contents = await this.settle(images);
    if (choice.kind === 'recipe')
      return Promise.all(contents.map(content => recipeFrom(choice.file, this.settings, { content })));
    await this.recent.add(choice.styles.map(imageOf));
    const blends = choice.combine === 'blend' ? [choice.styles] : choice.styles.map(style => [style]);
    return contents.flatMap(content =>
      blends.map(styles =>
        planRecipe(content, styles, this.settings, {
          ...options,
          ...(choice.preset === undefined ? {} : { preset: choice.preset }),
        }),
      ),
    );
  }

  /**
   * The images as they are painted. Results are saved beside their content: of the sample picture a copy is painted, in
   * a folder that can be written.
   */
  async settle(contents: readonly string[]): Promise<readonly string[]> {
    const original = samplePicture();
    if (!contents.includes(original)) return contents;
    const folder = path.join(this.settings.storage, 'samples');
    const copy = path.join(folder, path.basename(original));
    makeFolder(folder);
    await fs.copyFile(original, copy);
    return contents.map(content => (content === original ? copy : content));
  }
}

/** The sample picture inside the extension. */
function samplePicture(): string {
  return resourcePath('media/samples/still-life.jpg');
}
