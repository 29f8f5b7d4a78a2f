import type { Losses } from '../nst/objective';
import { LAYERS } from '../nst/vgg19';

/** The same losses with the layers in the network's order; the reverse pass finds them from the deepest up. */
export function ordered({ content, style, tv, total }: Losses): Losses {
  return { content: inOrder(content), style: inOrder(style), tv, total };
}

function inOrder(losses: Losses['content']): Losses['content'] {
  return Object.fromEntries(LAYERS.filter(layer => layer in losses).map(layer => [layer, losses[layer]]));
}
