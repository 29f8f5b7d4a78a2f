import { Command, CommanderError } from 'commander';
import { exitCode } from '../common/errors';
import { version } from '../common/version';
import { batchCommand } from './commands/batch';
import { doctorCommand } from './commands/doctor';
import { evaluateCommand } from './commands/evaluate';
import { exportCommand } from './commands/export';
import { fail } from './reporting/exit';
import { jobsCommand } from './commands/jobs';
import { joinLists } from './lists';
import { mcpCommand } from './commands/mcp';
import { modelsCommand } from './commands/models';
import { isResultLost, printError, printResult } from './reporting/output';
import { queueCommand } from './commands/queue';
import { reconstructCommand } from './commands/reconstruct';
import { resumeCommand } from './commands/resume';
import { runCommand } from './commands/run';
import { stylizeCommand } from './commands/stylize';
import { sweepCommand } from './commands/sweep';
import { tradeoffCommand } from './commands/tradeoff';
import { workerCommand } from './commands/worker';

const about = `
Exit codes: 0 done, 1 failed, 2 usage, 3 bad input, 130 interrupted (a checkpoint is kept).
Jobs and networks are kept in the system's folder for application data, or in $ATELIER_STORAGE.`;

/** The command line as it is declared. */
export function program(): Command {
  const commands = [
    stylizeCommand(),
    evaluateCommand(),
    batchCommand(),
    sweepCommand(),
    workerCommand(),
    queueCommand(),
    runCommand(),
    resumeCommand(),
    jobsCommand(),
    exportCommand(),
    reconstructCommand(),
    tradeoffCommand(),
    modelsCommand(),
    doctorCommand(),
    mcpCommand(),
  ];
  const root = new Command('atelier')
    .description('Neural style transfer: paint one image in the style of others.')
    .version(version)
    .addHelpText('after', about);
  for (const command of commands) root.addCommand(command);
  for (const command of [root, ...commands.flatMap(one => [one, ...one.commands])]) {
    command
      .exitOverride()
      .configureHelp({ sortOptions: false })
      .configureOutput({ writeOut: printResult, writeErr: printError })
      .showHelpAfterError('(see --help)');
  }
  return root;
}

/** Does what a command line asks for. Never rejects: `process.exitCode` says how it ended. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(joinLists(argv), { from: 'user' });
  } catch (error) {
    // Commander has printed its own sentences, and help is no error.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else fail(error);
  }
  const code = process.exitCode ?? 0;
  if (code === 0 && (await isResultLost())) process.exitCode = exitCode('write-failed');
}
