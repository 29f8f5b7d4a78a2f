import { phrase, type Phrase } from './messages';

/** What to do where the runtime is missing. Each surface adds how: a command of VS Code, or one of the terminal. */
export const INSTALL_CUDA = phrase`Install the CUDA runtime.`;

/** Whether this is what is advised; a phrase may have crossed a process boundary. */
export function advisesCuda(advice: Phrase | undefined): boolean {
  return advice?.template === INSTALL_CUDA.template;
}
