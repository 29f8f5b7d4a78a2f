import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { requireNode } from '../../../../src/engine/process/nodeProgram';
import { AtelierError } from '../../../../src/common/errors';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-node-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A program that runs a line of shell. */
function program(name: string, line: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  return file;
}

async function problemWith(node: string): Promise<string> {
  const error: unknown = await requireNode(node).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof AtelierError)) throw new Error('it was taken for Node');
  expect(error).toMatchObject({
    code: 'engine-died',
    next: expect.stringContaining('atelier.node') as string,
  });
  return error.message;
}

describe('a program that is to run the engine', () => {
  it('may be this Node', async () => {
    await requireNode(process.execPath);
  });

  it.runIf(process.platform !== 'win32')('is refused when it is another program', async () => {
    const others = {
      silent: 'exit 0',
      failing: 'exit 3',
      talking: 'while :; do echo yes; done',
      versioned: 'echo python 3.12.1',
    };
    for (const [name, line] of Object.entries(others)) {
      const file = program(name, line);
      expect(await problemWith(file)).toBe(`${file} is not Node.js.`);
    }
    expect(await problemWith(path.join(folder, 'none'))).toMatch(/none is not Node\.js\.$/);
  });

  it.runIf(process.platform !== 'win32')('is refused when it is too old', async () => {
    const old = program('old', 'echo 18.20.4');
    expect(await problemWith(old)).toBe(`${old} is Node 18.20.4; Atelier needs Node 20.19 or newer.`);
  });
});
