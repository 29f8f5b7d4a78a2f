import { modelsFolder } from '../../models/folder';
import { locateStyle } from '../../recipe/swatches';
import { explainFailure } from '../run/failure';
import { Pictures } from '../run/pictures';
import { costsOf, requireLayers } from '../run/prepare';
import { openFigureNetwork } from './figureNetwork';
import type { LoadedFigure } from './makeFigure';
import { writeTradeoffPage } from './page/tradeoffPage';
import { requestKey } from './requestKey';
import { paintGrid } from './tradeoffFigure';
import { cellRecipes, gridLayers, type TradeoffRequest } from './tradeoffRequest';

/**
 * Figure 3: a draft of every cell first, then every cell to its end.
 * @throws the errors of images and networks, `layer-unknown`
 */
export async function loadTradeoff(request: TradeoffRequest, storage: string): Promise<LoadedFigure> {
  const { base } = request;
  const recipes = cellRecipes(request);
  const pictures = await Pictures.read(base);
  const network = await openFigureNetwork(base.model, gridLayers(recipes), modelsFolder(storage));
  for (const recipe of recipes.flat()) requireLayers(network, recipe);
  const ofRegions = (base.regions ?? []).flatMap(({ mask, styles = [], styleMask = [] }) => {
    return [mask, ...styles.map(({ image }) => image)].concat(styleMask);
  });
  const files = [base.content, ...base.styles.map(({ image }) => image), ...ofRegions].map(locateStyle);
  const plans = recipes.flat().map(recipe => costsOf(recipe, pictures.contentImage));
  const different = new Map(plans.map(plan => [JSON.stringify(plan), plan]));
  return {
    costs: [...different.values()].map(plan => ({ file: base.content, plan })),
    network,
    key: requestKey([request, network.fingerprint], files),
    paint: async ({ executor, figure, listener, gate }) => {
      try {
        return await paintGrid(
          executor,
          figure,
          request,
          pictures,
          progress => listener.cell?.(progress),
          gate,
        );
      } catch (error) {
        throw explainFailure(error, pictures.size);
      }
    },
    writePage: (figure, rows, device, language) =>
      writeTradeoffPage(figure, rows, request, { network: network.name, device }, language),
  };
}
