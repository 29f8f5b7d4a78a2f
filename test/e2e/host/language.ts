import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * Lets the server show a display language without downloading its language pack: VS Code only speaks a
 * language for which one is registered. This one translates nothing of VS Code itself, so the workbench stays
 * English, while extensions are asked for `package.nls.<language>.json` and their l10n bundles.
 */
export function registerLanguage(userDataDir: string, language: string): void {
  const folder = path.join(userDataDir, 'language-pack', language);
  fs.mkdirSync(folder, { recursive: true });
  const translations = path.join(folder, 'main.i18n.json');
  fs.writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const listing = {
    [language]: {
      hash: `atelier-${language}`,
      label: language,
      extensions: [{ extensionIdentifier: { id: `atelier.language-pack-${language}` }, version: '1.0.0' }],
      translations: { vscode: translations },
    },
  };
  fs.writeFileSync(path.join(userDataDir, 'languagepacks.json'), JSON.stringify(listing));
}
