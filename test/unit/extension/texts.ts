import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { figureStrings, imageEditorStrings, studioStrings } from '../../../src/protocol/strings';
import { stylePickerStrings } from '../../../src/protocol/stylePickerStrings';

export const root = path.resolve(__dirname, '../../..');

/** A JSON file of the repository. */
export function json<T>(file: string): T {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')) as T;
}

/** Every text that is shown at run time, in English: those in the sources, of the webviews, of the swatches. */
export function shownTexts(): ReadonlySet<string> {
  const swatches = json<readonly { title: string; description: string }[]>('media/swatches/index.json');
  return new Set([
    ...textsInSources(),
    ...messages(),
    ...Object.values(studioStrings),
    ...Object.values(stylePickerStrings),
    ...Object.values(imageEditorStrings),
    ...Object.values(figureStrings),
    ...swatches.flatMap(({ title, description }) => [title, description]),
  ]);
}

/** The first arguments of all `vscode.l10n.t('…')` in the extension's sources. */
function textsInSources(): readonly string[] {
  const folder = path.join(root, 'src/extension');
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'));
  return files.flatMap(file => textsIn(path.join(folder, file)));
}

/**
 * The templates of all messages that a process of ours can send to the extension, and those of its own errors. The
 * command line speaks English, and its own messages go nowhere else.
 * @param without folders of src that are left out
 */
export function messages({ without = [] }: { readonly without?: readonly string[] } = {}): readonly string[] {
  const folder = path.join(root, 'src');
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !['cli', ...without].includes(file.split(path.sep)[0]!))
    .flatMap(file => messagesIn(path.join(folder, file)));
}

function messagesIn(file: string): readonly string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(source) === 'msg') {
      const { template } = node;
      found.push(
        ts.isNoSubstitutionTemplateLiteral(template)
          ? template.text
          : template.templateSpans.reduce(
              (text, { literal }, index) => `${text}{${index}}${literal.text}`,
              template.head.text,
            ),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textsIn(file: string): readonly string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(source).endsWith('l10n.t')) {
      const [first] = node.arguments;
      if (first !== undefined && ts.isStringLiteralLike(first)) found.push(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The names in braces, sorted. */
export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
}
