/** What the manifest says of a setting; of the settings of VS Code itself, what we expect. */
export interface SettingSchema {
  readonly type: 'string' | 'boolean' | 'integer' | 'number' | 'array';
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly default: unknown;
}

/** Schemas by the full names of the settings. */
export type SettingSchemas = Readonly<Record<string, SettingSchema>>;

/** The settings of VS Code that are read. */
export const foreignSchemas: SettingSchemas = {
  'http.proxy': { type: 'string', default: '' },
  'http.proxySupport': { type: 'string', default: 'override' },
  'http.noProxy': { type: 'array', default: [] },
};

/** The schemas of a manifest's settings. */
export function schemasOf(manifest: unknown): SettingSchemas {
  const { contributes } = manifest as {
    contributes: { configuration: readonly { properties: SettingSchemas }[] };
  };
  return Object.assign(
    {},
    ...contributes.configuration.map(({ properties }) => properties),
  ) as SettingSchemas;
}

/** Whether a setting can have a value: settings files may hold anything, and VS Code hands it on. */
export function isAllowed(value: unknown, schema: SettingSchema): boolean {
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' && isAllowedText(value, schema);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value) && value.every(one => typeof one === 'string');
    default: {
      const { minimum = -Infinity, maximum = Infinity } = schema;
      const isNumber = typeof value === 'number' && value >= minimum && value <= maximum;
      return isNumber && (schema.type === 'number' || Number.isInteger(value));
    }
  }
}

function isAllowedText(text: string, { enum: choices, minLength = 0, pattern }: SettingSchema): boolean {
  return (
    (choices === undefined || choices.includes(text)) &&
    text.trim().length >= minLength &&
    (pattern === undefined || new RegExp(pattern).test(text.trim()))
  );
}
