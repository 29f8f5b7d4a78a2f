import { Command } from 'commander';
import { usableStorage } from '../../common/storage';
import { timelineLook } from '../../protocol/request';
import { numberIn } from '../numbers';
import { toJson } from '../reporting/json';
import { onInterrupt } from '../reporting/interrupt';
import { printResult } from '../reporting/output';
import { shownPath } from '../reporting/shownPath';
import { locateJob } from './locateJob';

interface ExportOptions {
  readonly timeline: string;
  readonly seconds: number;
  readonly size: number;
  readonly hold: number;
  readonly json?: boolean;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('how a painting came to be, as an animated picture')
    .argument('<job>', "the job's id or folder: see atelier jobs")
    .requiredOption('--timeline <out>', 'an animated .webp or .gif, or an .mp4 where ffmpeg is installed')
    .option('--seconds <n>', 'from the first picture to the last', numberIn(timelineLook.seconds), 8)
    .option(
      '--size <n>',
      'longest side in pixels, at most that of the pictures kept',
      numberIn(timelineLook.size),
      512,
    )
    .option('--hold <n>', 'seconds that the last picture stays', numberIn(timelineLook.hold), 2)
    .option('--json', 'print the file and its number of pictures as JSON')
    .addHelpText(
      'after',
      '\nNo file is replaced: a name that is taken gets a number.' +
        '\n\nExample:\n  atelier export 20250131-120000-000-1a2b --timeline painting.webp --seconds 5',
    )
    .action(exportJob);
}

async function exportJob(job: string, options: ExportOptions): Promise<void> {
  const { timeline: to, seconds, size, hold, json = false } = options;
  const { exportTimeline } = await import('../../engine/timeline/exportTimeline');
  const abort = new AbortController();
  const unlisten = onInterrupt(() => abort.abort());
  try {
    const made = await exportTimeline(
      { job: locateJob(job, usableStorage()), to, seconds, size, hold },
      { signal: abort.signal, onProgress: () => undefined },
    );
    printResult(json ? `${toJson(made)}\n` : `${shownPath(made.file)}, ${made.frames} pictures\n`);
  } finally {
    unlisten();
  }
}
