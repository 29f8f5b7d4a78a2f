// Type-aware lint. The import laws of CONTRIBUTING.md ("The rooms") are enforced here.
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Forbids imports that cross a wall between rooms. */
const wall = (message, ...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(regex => ({ regex, message })) }],
});
const noVscode = { regex: '^vscode$', message: 'Only src/extension may import vscode.' };

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'out/**',
      'node_modules/**',
      '.vscode-test/**',
      '.atelier/**',
      'coverage/**',
      'samples/**',
      'src/backends/simd/assembly/**',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-console': 'error', 'no-restricted-imports': ['error', { patterns: [noVscode] }] },
  },
  {
    files: ['src/cli/**/*.ts'],
    ignores: ['src/cli/reporting/output.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name="write"][object.property.name=/^std(out|err)$/]',
          message:
            'src/cli/reporting/output.ts writes: it outlives a full disk and sends no control characters.',
        },
      ],
    },
  },
  {
    files: ['src/nst/**/*.ts'],
    rules: wall('src/nst is pure: it imports only itself.', '^\\.\\./', '^[^.]'),
  },
  {
    files: ['src/nst/*/*.ts'],
    rules: wall('src/nst is pure: it imports only itself.', '^\\.\\./\\.\\./', '^[^.]'),
  },
  {
    files: ['src/extension/**/*.ts'],
    rules: wall(
      'The extension host loads no tensor or codec library; types only from nst.',
      '^(sharp|onnxruntime|@tensorflow|h5wasm)',
      'backends/',
      'src/images/',
    ),
  },
  ...[1, 2].map(depth => ({
    files: [`src/webview/${Array(depth).fill('*').join('/')}/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./){${depth + 1}}`,
              message: 'Webviews import only types from the rest of the product.',
              allowTypeImports: true,
            },
            { regex: '^(vscode|node:)', message: 'Webviews run in a browser.' },
          ],
        },
      ],
    },
  })),
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: globals.node },
    rules: { eqeqeq: 'error', 'no-undef': 'error', 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
);
