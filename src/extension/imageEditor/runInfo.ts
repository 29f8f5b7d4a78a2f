import * as vscode from 'vscode';
import type { Tuning } from '../../protocol/request';
import { fractionDone } from '../../jobs/progress';
import type { RunInfo } from '../../protocol/imageEditor';
import { controlsNow } from '../studio/controls';
import type { Run } from '../runs/run';
import { formatNumber } from '../wording';

/**
 * What the bar says of the painting that is waiting or at work, if there is one.
 * @param tuning what was asked of it while it ran
 */
export function runInfo(run: Run | undefined, tuning: Tuning): RunInfo | undefined {
  if (run === undefined) return undefined;
  const { plan, scaleIndex, step, totalSteps } = run.state;
  const scale = plan[scaleIndex]?.scale;
  if (scale === undefined) return { label: vscode.l10n.t('Waiting') };
  const [width, height] = scale;
  const { ratio } = controlsNow(run, tuning);
  return {
    strength: { ratio, statistics: run.recipe.statistics },
    label: vscode.l10n.t(
      '{0} × {1}, step {2} of {3}',
      ...[width, height, formatNumber(step), formatNumber(totalSteps)],
    ),
    fraction: fractionDone(run.state),
  };
}
