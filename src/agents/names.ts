/** The tools that agents have. */
export const TOOL_NAMES = [
  'stylize_image',
  'get_run',
  'list_styles',
  'list_runs',
  'evaluate_image',
  'cancel_run',
] as const;

export type ToolName = (typeof TOOL_NAMES)[number];
