import * as fs from 'node:fs';
import * as path from 'node:path';
import { readCheckpoint } from '../../../src/jobs/checkpoint';
import { jobsFolder, readJob } from '../../../src/jobs/folder';
import { pruneJobs } from '../../../src/jobs/prune';
import type { Recipe } from '../../../src/recipe/recipe';
import type { SmallWorkshop } from '../smallWorkshop';
import type { Painting } from './paintings';

/** What a painting ends with when nothing comes between. */
export interface Whole {
  readonly bytes: Buffer;
  /** What was at the result's place before. */
  readonly earlier?: Buffer;
}

/** A folder in which one painting is made in spite of kills: its images, its result, and a storage. */
export class Place {
  readonly storage: string;
  private readonly seen = new Set<string>();
  private readonly sources: ReadonlyMap<string, Buffer>;

  /** @param folder is created; what is made there lies nowhere else */
  constructor(
    readonly folder: string,
    readonly painting: Painting,
    private readonly workshop: SmallWorkshop,
    private readonly earlier?: Buffer,
  ) {
    this.storage = path.join(folder, 'storage');
    fs.mkdirSync(path.join(folder, 'results'), { recursive: true });
    const names = ['content.png', 'style.png'];
    for (const name of names) fs.copyFileSync(workshop.at(name), this.at(name));
    this.sources = new Map(names.map(name => [name, fs.readFileSync(this.at(name))]));
    if (earlier !== undefined && painting.output !== undefined)
      fs.writeFileSync(this.at(`results/${painting.output}`), earlier);
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  get recipe(): Recipe {
    const { fields, output } = this.painting;
    return this.workshop.recipe({
      ...fields,
      content: this.at('content.png'),
      styles: [{ image: this.at('style.png'), weight: 1 }],
      ...(output === undefined ? {} : { output: this.at(`results/${output}`) }),
    });
  }

  /** The recipe as a file, for the command line. */
  recipeFile(): string {
    const file = this.at('painting.atelier.json');
    fs.writeFileSync(file, JSON.stringify(this.recipe));
    return file;
  }

  /** Folders of the jobs that a person sees. */
  jobs(): string[] {
    const folder = jobsFolder(this.storage);
    if (!fs.existsSync(folder)) return [];
    return fs
      .readdirSync(folder)
      .filter(name => !name.startsWith('.'))
      .map(name => path.join(folder, name));
  }

  /** Files at the result's place, whatever their names. */
  results(): string[] {
    const beside = fs.readdirSync(this.folder).filter(name => name.startsWith('content-style'));
    const named = fs.readdirSync(this.at('results')).filter(name => !name.startsWith('.'));
    return [...beside, ...named.map(name => `results/${name}`)].map(name => this.at(name));
  }

  /** @throws what must not be after a kill, however the process was killed */
  check({ bytes }: Whole): void {
    for (const [name, source] of this.sources)
      if (!fs.readFileSync(this.at(name)).equals(source)) throw new Error(`${name} was changed`);
    for (const file of this.results()) {
      const found = fs.readFileSync(file);
      if (!found.equals(bytes) && this.earlier?.equals(found) !== true)
        throw new Error(`${path.basename(file)} is neither the painting nor what was there before`);
    }
    const jobs = this.jobs();
    for (const job of this.seen) if (!jobs.includes(job)) throw new Error(`the job ${job} is lost`);
    for (const job of jobs) {
      this.seen.add(job);
      readJob(job);
      readCheckpoint(job);
    }
  }

  /** @throws what must not be when the painting is done */
  checkDone(whole: Whole): void {
    this.check(whole);
    const results = this.results().filter(file => fs.readFileSync(file).equals(whole.bytes));
    if (results.length === 0) throw new Error('there is no painting');
    // Half-made jobs go when runs are tidied up, a minute later at the earliest.
    pruneJobs(this.storage, {}, new Date(Date.now() + 120_000));
    const left = this.leftovers();
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  }

  /** Whoever was killed while he wrote a lock may still be writing it, for all that others can tell. */
  private isYoungHalfLock(name: string): boolean {
    if (!/lock(\.json)?\.[\da-f-]{36}$/.test(name)) return false;
    try {
      JSON.parse(fs.readFileSync(this.at(name), 'utf8'));
      return false;
    } catch {
      return Date.now() - fs.statSync(this.at(name)).mtimeMs < 60_000;
    }
  }

  /** Temporary files, locks, and jobs half made. */
  private leftovers(): string[] {
    return fs
      .readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /(^|\/)\.|\.lock|lock\.json|\.part$|\.tmp$/.test(name))
      .filter(name => !this.isYoungHalfLock(name));
  }
}
