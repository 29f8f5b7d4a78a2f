import * as fs from 'node:fs';
import * as path from 'node:path';
import { ended } from '../../../test/engine/stage/workshop';
import type { Campaign, Trial } from '../campaign';
import { Chance } from '../chance';
import { SmallWorkshop } from '../smallWorkshop';
import { Reader } from './reader';
import { faultOfOutput } from '../sentence';
import type { Reading } from './worker';

/** Share of the inputs that the real command reads as well. */
const COMMANDS = 0.03;

/**
 * Damaged images, recipes, networks, jobs and figures: each is read or refused with a sentence, and no file is
 * touched. All are read in a process of this program's, a share by the command as well.
 */
export class Inputs implements Campaign {
  private readonly workshop = new SmallWorkshop();
  private reader!: Reader;

  async open(): Promise<void> {
    await this.workshop.open();
    const bundle = path.join(path.dirname(this.workshop.engineEntry), 'reader.cjs');
    this.reader = new Reader(bundle, this.workshop.folder);
    await this.reader.start();
  }

  async attempt(seed: number): Promise<Trial> {
    let reading: Reading;
    try {
      reading = await this.reader.read(seed);
    } catch (error) {
      return {
        kind: 'inputs that end the process',
        fault: error instanceof Error ? error.message : String(error),
      };
    }
    const { input, scratch, fault } = reading;
    try {
      const isShared = new Chance(seed ^ 0x5eed).happens(COMMANDS);
      const found = fault ?? (isShared ? await this.faultOfCommand(reading) : undefined);
      return { kind: input.kind, ...(found === undefined ? {} : { fault: found }) };
    } finally {
      if (fault === 'took much memory') await this.reader.close();
      fs.rmSync(scratch.folder, { recursive: true, force: true });
    }
  }

  async close(): Promise<readonly string[]> {
    await this.reader.close();
    const left = this.workshop.processes().map(pid => `process ${pid} is left`);
    await this.workshop.close();
    return left;
  }

  private async faultOfCommand({ input, scratch, exitCode }: Reading): Promise<string | undefined> {
    if (exitCode === 0 && !input.isQuick) return undefined;
    const env = { ATELIER_STORAGE: scratch.storage };
    const args = [this.workshop.cliEntry, ...input.command];
    const end = await ended(
      this.workshop.start(process.execPath, args, { cwd: scratch.folder, env }),
      60_000,
    );
    const what = `atelier ${input.command.join(' ')}: exit code ${end.code ?? 'none'}, ${end.stderr.trim()}`;
    const wanted = input.command[0] === 'jobs' ? 0 : exitCode;
    if (end.code !== wanted) return `${what} (wanted ${wanted})`;
    return faultOfOutput(end.stderr, [input.path, path.basename(input.path), scratch.folder]);
  }
}
