import { msg, type Message } from './messages';

/** What to do where the runtime is missing. Each surface adds how: a command of VS Code, or one of the terminal. */
export const INSTALL_CUDA = msg`Install the CUDA runtime.`;

/** Whether this is what is advised; a message may have crossed a process boundary. */
export function advisesCuda(advice: Message | undefined): boolean {
  return advice?.template === INSTALL_CUDA.template;
}
