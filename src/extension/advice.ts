import { INSTALL_CUDA } from '../common/cudaAdvice';
import { msg, type Message } from '../common/messages';

/** In the place of a value, which is that of the message that is said in other words. */
const SAME = '';

/**
 * What the engine advises in words of the terminal, in those of VS Code: commands of the palette, and settings. By the
 * template of the engine's message.
 */
const inVsCode: Readonly<Record<string, Message>> = {
  [INSTALL_CUDA.template]: msg`Run the command “Atelier: Install CUDA Runtime…”.`,
  'Run "atelier models download {0}", or import it from a file.': msg`Run the command “Atelier: Download VGG-19…”, or “Atelier: Import VGG-19 from a File…” where you have it.`,
  'Run "atelier models list" to see what is there.': msg`Run the command “Atelier: Choose Network…” to see what is there.`,
  'Check the connection and the proxy (HTTPS_PROXY), or name a mirror. What has arrived is kept.': msg`Check the connection and the proxy (setting http.proxy), or name a mirror (setting atelier.mirror). What has arrived is kept.`,
  'Name a mirror, or import the model from a file.': msg`Name a mirror that has it (setting atelier.mirror), or run the command “Atelier: Import VGG-19 from a File…”.`,
  'Name another mirror, or download from the original host.': msg`Name another mirror in the setting atelier.mirror, or empty it to download from the original host.`,
  'Name another one (the setting atelier.tensorflowFolder, --tensorflow, or ATELIER_TENSORFLOW), or none.': msg`Name another one in the setting atelier.tensorflowFolder, or empty it.`,
  'Check the connection and the proxy (HTTPS_PROXY), or name a package index (PIP_INDEX_URL). {0}': msg`Check the connection and the proxy (setting http.proxy), or start VS Code with a package index in PIP_INDEX_URL. ${SAME}`,
};

/** The template of a message as it is said in VS Code, still in English. */
export function adviceInVsCode(template: string): string {
  return inVsCode[template]?.template ?? template;
}

/** The templates that are said in other words. */
export const saidOtherwise: readonly string[] = Object.keys(inVsCode);
