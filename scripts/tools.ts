// `npm run tools`: writes the tools of src/agents into package.json, where VS Code looks for them.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { languageModelTools } from '../src/agents/manifest';

const file = path.resolve(__dirname, '..', 'package.json');
const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as { contributes: Record<string, unknown> };
manifest.contributes.languageModelTools = languageModelTools();
fs.writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
