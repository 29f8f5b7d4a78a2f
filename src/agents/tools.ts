import type { Tool } from './tool';
import type { ToolName } from './names';
import { evaluateImage } from './tools/evaluateImage';
import { listStyles } from './tools/listStyles';
import { cancelRun, getRun, listRuns } from './tools/runs';
import { stylizeImage } from './tools/stylizeImage';

/** The tools of agents. An input has passed the tool's schema before it gets to `run`. */
export const tools: Readonly<Record<ToolName, Tool>> = {
  stylize_image: stylizeImage,
  get_run: getRun,
  list_styles: listStyles,
  list_runs: listRuns,
  evaluate_image: evaluateImage,
  cancel_run: cancelRun,
};
