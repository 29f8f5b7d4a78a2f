import { recipeProblem } from '../recipe/recipeProblem';
import type { ToolName } from './names';
import { tools } from './tools';
import type { StylizeInput } from './tools/stylizeImage';

/**
 * The input of a tool with its defaults, where nobody else has checked it.
 * @throws `recipe-invalid` or `layer-unknown`, naming the field
 */
export function checkInput(name: 'stylize_image', input: unknown): StylizeInput;
export function checkInput(name: ToolName, input: unknown): unknown;
export function checkInput(name: ToolName, input: unknown): unknown {
  const parsed = tools[name].input.safeParse(input);
  if (!parsed.success) throw recipeProblem(name, input, parsed.error);
  return parsed.data;
}
