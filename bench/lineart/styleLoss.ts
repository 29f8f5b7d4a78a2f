import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { openNetwork } from '../../src/models/openNetwork';
import type { FloatImage } from '../../src/nst/image';
import { FIGURE_1_LAYERS } from '../../src/nst/reconstruct';
import { sumOfGroup, termsOf } from '../../src/nst/terms/term';

/** The mean style loss over the five layers of the papers in mean units, whatever a painting was painted with. */
export async function styleLossOf(painting: FloatImage, style: FloatImage): Promise<number> {
  const executor = await OnnxExecutor.create(await openNetwork('lite'), { provider: 'cpu', threads: 2 });
  const objective = await executor.prepare({
    spec: {
      terms: termsOf({ style: FIGURE_1_LAYERS }),
      ...{ pooling: 'avg', padding: 'replicate', tap: 'post', units: 'mean' },
    },
    content: painting,
    styles: [{ image: style, weight: 1 }],
  });
  try {
    const { losses } = await objective.evaluate(executor.fromImage(painting), {});
    return sumOfGroup(losses.terms, 'style') / FIGURE_1_LAYERS.length;
  } finally {
    await objective.dispose();
    await executor.dispose();
  }
}
