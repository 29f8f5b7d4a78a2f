import * as vscode from 'vscode';
import type { RunInfo } from '../../protocol/imageEditor';
import type { Run } from '../runs/run';
import { formatNumber } from '../wording';

/** What the bar says of the painting that is waiting or at work, if there is one. */
export function runInfo(run: Run | undefined): RunInfo | undefined {
  if (run === undefined) return undefined;
  const { plan, scaleIndex, step, totalSteps } = run.state;
  const scale = plan[scaleIndex]?.scale;
  if (scale === undefined) return { label: vscode.l10n.t('Waiting') };
  const [width, height] = scale;
  return {
    label: vscode.l10n.t(
      '{0} × {1}, step {2} of {3}',
      ...[width, height, formatNumber(step), formatNumber(totalSteps)],
    ),
    fraction: totalSteps > 0 ? step / totalSteps : undefined,
  };
}
