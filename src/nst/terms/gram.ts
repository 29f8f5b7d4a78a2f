import { safeMeanActivation } from '../moments';
import type { StatisticKind } from './kind';

/**
 * ‖G−A‖², with G = FFᵀ/(H·W) and A alike; its derivative is 4(G−A)F/(H·W). Mean units: ‖G−A‖²/(a⁴N²).
 * Paper: ‖M·G−M·A‖²/(4N²M²) = ‖G−A‖²/(4N²) (Gatys et al. 2015, eq. 4).
 */
export const gram: StatisticKind = {
  reads: 'moments',
  needs: ['gram'],
  slope: 4,
  target({ channels, gram: values, meanActivation }, { units }) {
    const a = safeMeanActivation(meanActivation);
    return {
      scale: units === 'paper' ? 1 / (4 * channels ** 2) : 1 / (a ** 4 * channels ** 2),
      matrices: { A: { rows: channels, columns: channels, values } },
    };
  },
  compare(ops, { gram }, { A }) {
    const difference = ops.subtractMatrix(gram!, A!);
    return { sum: ops.sumSquaresMatrix(difference), slope: { matrix: difference } };
  },
};
