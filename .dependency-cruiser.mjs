/**
 * The walls between the rooms of `src`: what may import what, types included unless a rule says otherwise.
 * `npm run walls` checks them; test/unit/package/walls.test.ts breaks each.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Move what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'A wall does not see an import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'nst-is-pure',
      comment: 'src/nst imports only itself.',
      severity: 'error',
      from: { path: '^src/nst/' },
      to: { pathNot: '^src/nst/' },
    },
    {
      name: 'vscode-in-extension',
      comment: 'Only src/extension imports vscode, and the types of its exports.',
      severity: 'error',
      from: { pathNot: '^(src/extension|api)/' },
      to: { path: '^(vscode|node_modules/@types/vscode/.*)$' },
    },
    {
      name: 'extension-is-an-end',
      comment: 'Nothing imports src/extension: pages and host speak through src/protocol.',
      severity: 'error',
      from: { pathNot: '^src/extension/' },
      to: { path: '^src/extension/' },
    },
    {
      name: 'webview-is-an-end',
      comment: 'Nothing imports src/webview: pages and host speak through src/protocol.',
      severity: 'error',
      from: { pathNot: '^src/webview/' },
      to: { path: '^src/webview/' },
    },
    {
      name: 'extension-computes-nothing',
      comment: 'The extension host loads no tensor or codec library: the engine process does.',
      severity: 'error',
      from: { path: '^src/extension/' },
      to: {
        path: '^(src/(backends|images)/|node_modules/(sharp|onnxruntime-|@tensorflow/|h5wasm))',
        // They read bytes of files, without decoding the pixels.
        pathNot: '^src/images/(recipe|format)[.]ts$',
      },
    },
    {
      name: 'webview-imports-protocol',
      comment: 'Pages import src/protocol, and only types from the rest of the product.',
      severity: 'error',
      from: { path: '^src/webview/' },
      to: { path: '^src/', pathNot: '^src/(webview|protocol)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'webview-in-a-browser',
      comment: 'Pages run in a browser.',
      severity: 'error',
      from: { path: '^src/(webview|protocol)/' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
