import type { Statistic } from '../nst/terms/term';
import { phrase, type Phrase } from '../common/messages';

/** What of the features makes a style, in words. */
export const statisticsName: Readonly<Record<Statistic, Phrase>> = {
  gram: phrase`Gram matrices`,
  bures: phrase`mean and covariance`,
  wasserstein: phrase`mean and covariance, exact distance`,
};
