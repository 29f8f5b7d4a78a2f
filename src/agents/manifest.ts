import * as z from 'zod';
import { TOOL_NAMES } from './names';
import { tools } from './tools';

/** The codicons of tools that a person can name in a prompt. */
const REFERENCES = { stylize_image: 'stylize', evaluate_image: 'evaluateImage' } as const;

/** The tools as the extension's manifest contributes them: `languageModelTools`. */
export function languageModelTools(): readonly object[] {
  return TOOL_NAMES.map(name => {
    const { title, description, input } = tools[name];
    const { $schema: _schema, ...schema } = z.toJSONSchema(input, { io: 'input', target: 'draft-7' });
    // A window that goes has its own way with its runs.
    delete schema.properties?.onDisconnect;
    const reference = (REFERENCES as Readonly<Record<string, string>>)[name];
    return {
      name,
      displayName: `%tool.${name}%`,
      ...(reference === undefined
        ? {}
        : { canBeReferencedInPrompt: true, toolReferenceName: reference, icon: '$(paintcan)' }),
      userDescription: `%tool.${name}%`,
      modelDescription: `${title}. ${description}`,
      tags: ['atelier', 'image'],
      inputSchema: schema,
    };
  });
}
