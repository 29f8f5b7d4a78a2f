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
  'Run "atelier models download {0}", or import it from a file.': msg`Run the command “Atelier: Download VGG-19…”, or “Atelier: Import VGG-19 from a File…” if you have the file.`,
  'Run "atelier models list" to see the available networks.': msg`Run the command “Atelier: Choose Network…” to see the available networks.`,
  'Check the connection and the proxy (HTTPS_PROXY), or use a mirror. What is already downloaded is kept.': msg`Check the connection and the proxy (setting http.proxy), or set a mirror (setting atelier.mirror). What is already downloaded is kept.`,
  'Use a mirror, or import the model from a file.': msg`Set a mirror that has it (setting atelier.mirror), or run the command “Atelier: Import VGG-19 from a File…”.`,
  'Use another mirror, or download from the original host.': msg`Choose another mirror in the setting atelier.mirror, or clear it to download from the original host.`,
  'Choose another folder (setting atelier.tensorflowFolder, --tensorflow, or ATELIER_TENSORFLOW), or none.': msg`Choose another folder in the setting atelier.tensorflowFolder, or clear it.`,
  'Check the connection and the proxy (HTTPS_PROXY), or set a package index (PIP_INDEX_URL). {0}': msg`Check the connection and the proxy (setting http.proxy), or start VS Code with a package index in PIP_INDEX_URL. ${SAME}`,
};

/** The template of a message as it is said in VS Code, still in English. */
export function adviceInVsCode(template: string): string {
  return inVsCode[template]?.template ?? template;
}

/** The templates that are said in other words. */
export const saidOtherwise: readonly string[] = Object.keys(inVsCode);
