import { McpServer, type CallToolResult } from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { reportError } from '../../common/errors';
import { version } from '../../common/version';
import { callTool } from '../callTool';
import type { Access } from '../access';
import { TOOL_NAMES } from '../names';
import type { Answer, Painters } from '../tool';
import { tools } from '../tools';

const instructions =
  'Atelier paints an image in the style of another, on this machine and offline. Name files by absolute paths. ' +
  'stylize_image begins a painting and waits for it a little; get_run tells of it later. Results are new files.';

/** Serves the tools over standard input and output until the client goes. */
export function serveTools(access: Access, painters: Painters): Promise<void> {
  return new Promise(resolve => {
    const transport = new StdioServerTransport();
    serveStdio(() => createServer(access, painters), {
      transport,
      onerror: error => process.stderr.write(`atelier mcp: ${error.message}\n`),
    });
    const closeConnection = transport.onclose;
    transport.onclose = () => {
      closeConnection?.();
      resolve();
    };
  });
}

function createServer(access: Access, painters: Painters): McpServer {
  const server = new McpServer({ name: 'atelier', title: 'Atelier', version }, { instructions });
  for (const name of TOOL_NAMES) {
    const { title, description, input, readOnly } = tools[name];
    const annotations = { title, readOnlyHint: readOnly, destructiveHint: false, openWorldHint: false };
    server.registerTool(
      name,
      { title, description, inputSchema: input, annotations },
      async (given, { mcpReq }): Promise<CallToolResult> => {
        try {
          return resultOf(await callTool(name, given, access, painters, mcpReq.signal));
        } catch (error) {
          return refusalOf(error);
        }
      },
    );
  }
  return server;
}

function resultOf({ value, picture }: Answer): CallToolResult {
  const text = { type: 'text', text: JSON.stringify(value) } as const;
  const structuredContent = { ...value };
  if (picture === undefined) return { content: [text], structuredContent };
  const data = Buffer.from(picture).toString('base64');
  return { content: [text, { type: 'image', data, mimeType: 'image/jpeg' }], structuredContent };
}

/** What went wrong as the result of a tool: the model reads it, and can do better. */
function refusalOf(error: unknown): CallToolResult {
  const { code, message, next } = reportError(error);
  const text = [message, ...(next === undefined ? [] : [next])].join(' ');
  return {
    isError: true,
    content: [{ type: 'text', text }],
    structuredContent: { error: { code, message, ...(next === undefined ? {} : { next }) } },
  };
}
