import { expect, it } from 'vitest';
import { languageModelTools } from '../../../src/agents/manifest';
import { json } from '../extension/texts';

it('the manifest has the tools as the table of fields has them: npm run tools', () => {
  const { contributes } = json<{ contributes: Record<string, unknown> }>('package.json');
  expect(contributes.languageModelTools).toEqual(JSON.parse(JSON.stringify(languageModelTools())));
});
