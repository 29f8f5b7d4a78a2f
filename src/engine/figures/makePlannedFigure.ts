import type { FigureEvent } from '../../protocol/figureEvent';
import type { FigurePlan } from './figurePlan';
import { listenToCells, listenToReconstructions } from './figureListeners';
import { loadReconstructions } from './loadReconstructions';
import { loadTradeoff } from './loadTradeoff';
import { makeFigure, type FigureOptions, type LoadedFigure } from './makeFigure';

export interface PlannedFigureOptions extends Omit<FigureOptions, 'begin'> {
  readonly emit: (event: FigureEvent) => void;
}

/**
 * Makes the figure that a plan asks for in its folder.
 * @throws what the gate throws, and the errors of images, networks and devices
 */
export async function makePlannedFigure(
  folder: string,
  plan: FigurePlan,
  { emit, ...options }: PlannedFigureOptions,
): Promise<void> {
  const made = await makeFigure(folder, await load(plan, options.settings.storage), {
    ...options,
    begin: (device, figure) => {
      emit({ event: 'started', device: device.name, deviceTitle: device.title });
      return plan.kind === 'tradeoff'
        ? listenToCells(plan, figure, emit)
        : listenToReconstructions(plan, figure, emit);
    },
  });
  emit({ event: 'done', ...made });
}

function load(plan: FigurePlan, storage: string): Promise<LoadedFigure> {
  if (plan.kind === 'tradeoff') return loadTradeoff(plan, storage);
  const { content, style, layers, size: side, steps, seed, model } = plan;
  const shown = { content: layers, style: layers };
  const asked = { content, style, named: layers, shown, side, steps, seed, model };
  return loadReconstructions({ ...asked, identity: () => plan }, storage);
}
