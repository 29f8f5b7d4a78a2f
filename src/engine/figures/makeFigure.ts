import * as path from 'node:path';
import type { DeviceName } from '../../backends/device';
import { DeviceFailure } from '../../backends/errorClassification';
import { openDevice } from '../../backends/select';
import { readImage } from '../../images/decode';
import { locateStyle } from '../../recipe/swatches';
import { modelsFolder } from '../../models/folder';
import type { Network } from '../../models/network';
import type { LayerName } from '../../nst/vgg19';
import { gated } from '../run/gated';
import { requireLayers } from '../run/prepare';
import type { FigurePlan } from './figurePlan';
import { openFigureNetwork } from './figureNetwork';
import type { FigureContext, FigureOptions } from './figureContext';
import { FigureFolder } from './figureFolder';
import { figureLayers } from './figureLayers';
import { makeReconstructions } from './makeReconstructions';
import { makeTradeoff } from './makeTradeoff';
import { requestKey } from './requestKey';
import { figureFiles } from './storedFigure';
import { cellRecipes, gridLayers } from './tradeoffRequest';

/**
 * Makes the figure that a request asks for in its folder: the pictures that are not there yet, the contact sheet and
 * the page. What a device leaves behind when it fails is finished by the next one.
 * @throws what the gate throws, and the errors of images, networks and devices
 */
export async function makeFigure(folder: string, request: FigurePlan, options: FigureOptions): Promise<void> {
  const { settings, emit } = options;
  const { model } = request.kind === 'tradeoff' ? request.base : request;
  const network = await openFigureNetwork(model, layersIn(request), modelsFolder(settings.storage));
  requireFigureLayers(network, request);
  const images = imagesOf(request);
  // An image that cannot be read is named before anything is made.
  for (const image of images) await readImage(image);
  const key = requestKey([request, network.fingerprint], images);
  const figure = new FigureFolder(folder, key);
  const failed = new Set<DeviceName>();
  for (let device = await openDevice(network, settings); ;) {
    let failure: DeviceFailure;
    emit({ event: 'started', device: device.name, deviceTitle: device.title });
    try {
      await draw(request, { ...options, network, device, figure });
      const at = (file: string) => path.join(folder, file);
      return emit({ event: 'done', sheet: at(figureFiles.sheet), page: at(figureFiles.page) });
    } catch (error) {
      if (!(error instanceof DeviceFailure)) throw error;
      failed.add(device.name);
      failure = error;
    } finally {
      await device.executor.dispose().catch(() => undefined);
    }
    try {
      device = await openDevice(network, { ...settings, device: 'auto' }, failed);
    } catch {
      throw failure;
    }
  }
}

async function draw(request: FigurePlan, context: Omit<FigureContext, 'executor'>): Promise<void> {
  const { device, gate } = context;
  const executor = gated(device.executor, { preparing: () => undefined, pass: gate });
  if (request.kind === 'tradeoff') await makeTradeoff(request, { ...context, executor });
  else await makeReconstructions(request, { ...context, executor });
}

/** The image files that the pictures depend on. */
function imagesOf(request: FigurePlan): string[] {
  const asked =
    request.kind === 'tradeoff'
      ? [request.base.content, ...request.base.styles.map(({ image }) => image)]
      : [request.content, request.style].filter(image => image !== undefined);
  return asked.map(locateStyle);
}

function layersIn(request: FigurePlan): readonly LayerName[] {
  return request.kind === 'tradeoff' ? gridLayers(cellRecipes(request)) : request.layers;
}

function requireFigureLayers(network: Network, request: FigurePlan): void {
  if (request.kind === 'tradeoff') {
    for (const recipe of cellRecipes(request).flat()) requireLayers(network, recipe);
    return;
  }
  figureLayers(network, request.layers, []);
}
