import type { Statistic } from '../nst/terms/term';
import { msg, type Message } from '../common/messages';

/** What of the features makes a style, in words. */
export const statisticsName: Readonly<Record<Statistic, Message>> = {
  gram: msg`Gram matrices`,
  bures: msg`mean and covariance`,
  wasserstein: msg`mean and covariance, exact distance`,
};
