// `npm test [-- SUITE …]`: installs what is missing, runs the suites, ends with one line of counts.
// The runner itself is TypeScript (scripts/test), because it shares code with the tests.
import { tsImport } from 'tsx/esm/api';

const { main } = await tsImport('./test/main.ts', import.meta.url);
process.exitCode = await main(process.argv.slice(2));
