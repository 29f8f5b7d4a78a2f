import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Workshop } from './workshop';

/** What a tool answers. */
export interface ToolAnswer {
  readonly isError: boolean;
  /** Its words: JSON, or the sentences of a refusal. */
  readonly text: string;
  /** Its structured content. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly picture?: Buffer;
}

/** An agent's program, with the official client of the protocol. */
export class Agent {
  private constructor(
    readonly client: Client,
    private readonly transport: StdioClientTransport,
  ) {}

  /** Starts `atelier mcp` with the arguments. */
  static async start(
    workshop: Workshop,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Agent> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [workshop.cliEntry, 'mcp', '--device', 'cpu', ...args],
      cwd: workshop.pictures,
      env: { ATELIER_STORAGE: workshop.storage, ...env },
      stderr: 'ignore',
    });
    const client = new Client({ name: 'test', version: '1' });
    workshop.onClose(() => client.close());
    await client.connect(transport);
    return new Agent(client, transport);
  }

  /** Process id of the server. */
  get pid(): number {
    return this.transport.pid ?? 0;
  }

  async call(name: string, given: Record<string, unknown> = {}): Promise<ToolAnswer> {
    const { content, structuredContent, isError } = await this.client.callTool({ name, arguments: given });
    const text = content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n');
    const picture = content.find(part => part.type === 'image')?.data;
    return {
      isError: isError === true,
      text,
      value: (structuredContent ?? {}) as ToolAnswer['value'],
      ...(picture === undefined ? {} : { picture: Buffer.from(picture, 'base64') }),
    };
  }
}
