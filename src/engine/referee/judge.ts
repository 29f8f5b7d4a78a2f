import { lite } from '../../models/catalogue';
import { listModels } from '../../models/listModels';
import type { Network } from '../../models/network';
import { openNetwork } from '../../models/openNetwork';
import type { LayerName } from '../../nst/vgg19';

/** Where a picture is compared with its style, and where with its content. */
export const JUDGED = { style: ['conv1_1', 'conv2_1', 'conv3_1'], content: 'conv3_4' } as const satisfies {
  readonly style: readonly LayerName[];
  readonly content: LayerName;
};

export interface Judge {
  readonly network: Network;
  /** Whether it is another network than the one that painted. */
  readonly independent: boolean;
}

/**
 * A network to judge what another has painted: the one that is asked for, else the first of those installed (vgg19 before
 * others) and `lite` that did not paint; where there is none, `lite` itself.
 * @param painter as a recipe names it
 * @throws the errors of `openNetwork`
 */
export async function openJudge(painter: string, modelsFolder: string, asked?: string): Promise<Judge> {
  const open = (name: string) => openNetwork(name, { modelsFolder, partial: true });
  const { fingerprint } = await open(painter);
  const judgeNamed = async (name: string): Promise<Judge> => {
    const network = await open(name);
    return { network, independent: network.fingerprint !== fingerprint };
  };
  if (asked !== undefined) return judgeNamed(asked);
  const needed: readonly LayerName[] = [...JUDGED.style, JUDGED.content];
  const installed = (await listModels(modelsFolder))
    .filter(({ status, layers }) => status === 'installed' && needed.every(layer => layers.includes(layer)))
    .map(({ name }) => name)
    .sort((a, b) => Number(b === 'vgg19') - Number(a === 'vgg19'));
  for (const name of installed) {
    const judge = await judgeNamed(name);
    if (judge.independent) return judge;
  }
  return judgeNamed(lite.name);
}
