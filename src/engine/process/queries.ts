import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { modelsFolder } from '../../models/folder';
import type { EngineSettings } from '../../protocol/request';
import type { ImageInfo } from '../../protocol/reply';
import type { Replies, Request } from '../../protocol/engine';

/** What a request needs besides itself. */
export interface QueryContext {
  readonly settings: EngineSettings;
  readonly signal: AbortSignal;
  /** Whether something is being painted. */
  readonly busy: boolean;
  readonly onProgress: (done: number, total: number) => void;
}

const types = [
  ...([
    'devices',
    'inspect',
    'convert',
    'exportTimeline',
    'estimate',
    'judge',
    'models',
    'download',
    'importModel',
    'verifyModel',
  ] as const),
  ...(['describeRuntime', 'installRuntime', 'removeRuntime'] as const),
  ...(['findFigure', 'recipeOfCell'] as const),
] as const;

/** A request that is not about jobs. */
export type Query = Extract<Request, { type: (typeof types)[number] }>;

export function isQuery<R extends Request>(request: R): request is R & Query {
  return types.some(type => type === request.type);
}

/** Answers a question. What that takes is loaded when it is needed. */
export async function answerQuery(
  request: Query,
  { settings, signal, busy, onProgress }: QueryContext,
): Promise<Replies[Query['type']]> {
  const folder = modelsFolder(settings.storage);
  switch (request.type) {
    case 'devices': {
      const { reportDevices } = await import('../../backends/report');
      const { describeRuntimes } = await import('../../backends/runtimes');
      // Beside a painting everything would seem half as fast.
      const devices = await reportDevices({ ...settings, measure: !busy });
      return { devices, runtimes: await describeRuntimes(settings) };
    }
    case 'inspect':
      return inspect(request.image);
    case 'convert':
      return (await import('./convert')).convert(request.image, request.to, request.side);
    case 'exportTimeline': {
      const { exportTimeline } = await import('../timeline/exportTimeline');
      return exportTimeline(request.timeline, { signal, onProgress });
    }
    case 'estimate':
      return (await import('../run/estimate')).estimatePainting(request.plan, settings, !busy);
    case 'judge':
      return (await import('../referee/referee')).judgePicture(request.image, request, settings);
    case 'models':
      return (await import('../../models/listModels')).listModels(folder);
    case 'describeRuntime': {
      const { installObstacle } = await import('../../backends/tensorflow/install/obstacle');
      const { installNotice, readRuntime } = await import('../../backends/tensorflow/install/runtime');
      const { TENSORFLOW_VERSION } = await import('../../backends/tensorflow/install/wheels');
      const obstacle = await installObstacle(request.variant);
      const installed = await readRuntime(settings.storage);
      return {
        notice: installNotice(request.variant),
        ...(obstacle === undefined ? {} : { obstacle }),
        ...(installed?.version === TENSORFLOW_VERSION ? { installed: installed.variant } : {}),
      };
    }
    case 'installRuntime': {
      const { setUpTensorflow } = await import('../../backends/setUpTensorflow');
      const { card } = await setUpTensorflow({
        ...settings,
        variant: request.variant,
        // Clients ask only after a person has agreed: see `Request`.
        consent: true,
        signal,
        onProgress: ({ done, total }) => onProgress(done, total),
      });
      return card === undefined ? {} : { card };
    }
    case 'removeRuntime':
      await (await import('../../backends/tensorflow/install/runtime')).removeRuntime(settings.storage);
      return undefined;
    case 'findFigure': {
      const { findOrCreateFigure } = await import('../figures/planFigure');
      return { figure: await findOrCreateFigure(settings.storage, request.input) };
    }
    case 'recipeOfCell':
      return (await import('../figures/planFigure')).recipeOfCell(request.figure, request.cell, request.size);
    case 'download': {
      const { download } = await import('../../models/download/download');
      const { remoteModel } = await import('../../models/catalogue');
      await download(remoteModel(request.model), {
        modelsFolder: folder,
        mirror: settings.mirror,
        // Clients ask only after a person has agreed: see `Request`.
        consent: true,
        signal,
        onProgress: ({ receivedBytes, totalBytes }) => onProgress(receivedBytes, totalBytes),
      });
      return undefined;
    }
    case 'importModel': {
      const { importModel } = await import('../../models/importModel');
      const { name } = await importModel(path.resolve(request.file), { modelsFolder: folder, signal });
      return { name };
    }
    case 'verifyModel':
      (await import('../../models/verifyModel')).verifyModel(request.model, folder);
      return undefined;
  }
}

async function inspect(image: string): Promise<ImageInfo> {
  const { readImage } = await import('../../images/decode');
  const { recipeIn } = await import('../../images/recipe');
  const { width, height, format, hasAlpha } = await readImage(image);
  const recipe = await recipeIn(image);
  if (recipe === undefined) return { width, height, format, hasAlpha };
  try {
    return { width, height, format, hasAlpha, recipe: JSON.parse(recipe) };
  } catch (cause) {
    throw new AtelierError('recipe-invalid', msg`${image}: the recipe inside is not JSON.`, { cause });
  }
}
