import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { ended, Workshop } from './stage/workshop';

const root = path.resolve(__dirname, '../..');
const document = fs.readFileSync(path.join(root, 'docs/agents.md'), 'utf8');
const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

/** The blocks of a language that the document says are tested. */
const blocks = (language: string): readonly string[] =>
  [...document.matchAll(new RegExp(`<!-- a test .*? this -->\n\n\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(
    ([, text = '']) => text.replaceAll('dist/cli.js', workshop.cliEntry),
  );

describe('docs/agents.md', () => {
  it('shows commands that run', async () => {
    expect(blocks('sh')).toHaveLength(2);
    const said: string[] = [];
    for (const commands of blocks('sh')) {
      const shell = workshop.start('sh', ['-e', '-c', commands], {
        cwd: root,
        env: { OUT: workshop.folder },
      });
      const { code, stdout } = await ended(shell);
      expect(code).toBe(0);
      said.push(stdout);
    }
    expect(said[0]).toContain('swatch:woodcut');
    expect(said[1]).toContain('"event":"done"');
    expect(said[1]).toMatch(/"units":"mean"\}\n$/);
  });

  it('shows a configuration that starts the server', async () => {
    const [text = ''] = blocks('json');
    const { mcpServers } = JSON.parse(text) as {
      readonly mcpServers: Record<string, { readonly command: string; readonly args: string[] }>;
    };
    const transport = new StdioClientTransport({
      ...mcpServers.atelier!,
      cwd: root,
      env: { PATH: process.env.PATH ?? '', ATELIER_STORAGE: workshop.storage },
    });
    const client = new Client({ name: 'test', version: '1' });
    workshop.onClose(() => client.close());
    await client.connect(transport);
    const { tools } = await client.listTools();
    const told = [...document.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(tools.map(({ name }) => name)).toEqual(told);
  });
});
