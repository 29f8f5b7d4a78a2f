import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { recipeIn } from '../../src/images/recipe';
import { jobFiles, listJobs } from '../../src/jobs/folder';
import { eventually, inWorkspace, product, samplePicture, withSettings } from './product';

const recipe = {
  name: 'A task',
  preset: 'preview',
  content: 'task-content.jpg',
  styles: [{ image: 'swatch:mosaic' }],
  size: 48,
  steps: 6,
};

function write(name: string, value: unknown): void {
  fs.mkdirSync(path.dirname(inWorkspace(name)), { recursive: true });
  fs.writeFileSync(inWorkspace(name), JSON.stringify(value, undefined, 2));
}

/** The task that VS Code knows under a name, be it from `tasks.json` or from our provider. */
function taskNamed(name: string): Promise<vscode.Task> {
  return eventually(`the task ${name}`, async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: 'atelier' });
    return tasks.find(task => task.name === name);
  });
}

interface Running {
  readonly execution: vscode.TaskExecution;
  /** Of its process; undefined when VS Code does not tell. */
  readonly exitCode: Promise<number | undefined>;
}

async function execute(task: vscode.Task): Promise<Running> {
  const exitCode = new Promise<number | undefined>(resolve => {
    const listener = vscode.tasks.onDidEndTaskProcess(event => {
      if (event.execution.task.name !== task.name) return;
      listener.dispose();
      resolve(event.exitCode);
    });
  });
  return { execution: await vscode.tasks.executeTask(task), exitCode };
}

async function recipeOf(painting: string): Promise<Record<string, unknown>> {
  return JSON.parse((await recipeIn(inWorkspace(painting))) ?? '{}') as Record<string, unknown>;
}

describe('Recipes as tasks', () => {
  before(async () => {
    await product();
    await samplePicture('task-content.jpg');
    await samplePicture('task-other.jpg');
    write('recipes/task.atelier.json', { ...recipe, content: '../task-content.jpg' });
    write('.vscode/tasks.json', {
      version: '2.0.0',
      tasks: [
        {
          label: 'by hand',
          type: 'atelier',
          recipe: 'recipes/task.atelier.json',
          content: '${workspaceFolder}/task-other.jpg',
          output: 'by-hand.png',
        },
        { label: 'missing', type: 'atelier', recipe: 'nowhere.atelier.json' },
        { label: 'endless', type: 'atelier', recipe: 'endless.atelier.json' },
      ],
    });
    write('endless.atelier.json', { ...recipe, name: 'Endless', size: 128, steps: 100_000, pyramid: false });
  });

  after(async () => {
    fs.rmSync(inWorkspace('.vscode'), { recursive: true });
    await vscode.commands.executeCommand('workbench.action.terminal.killAll');
  });

  it('are offered for the recipes of the workspace, and painted by the command line', async () => {
    const task = await taskNamed('A task');
    assert.equal(task.definition.recipe, 'recipes/task.atelier.json');
    assert.equal(task.source, 'atelier');
    const { exitCode } = await execute(task);
    assert.equal(await exitCode, 0);
    assert.equal((await recipeOf('task-content-mosaic.png')).size, 48);
  });

  it('may be written by hand, with another image and variables', async () => {
    const { exitCode } = await execute(await taskNamed('by hand'));
    assert.equal(await exitCode, 0);
    assert.equal((await recipeOf('by-hand.png')).content, 'task-other.jpg');
  });

  it('say with their exit code that the recipe is not there', async () => {
    const { exitCode } = await execute(await taskNamed('missing'));
    assert.equal(await exitCode, 3);
  });

  it('stop when they are terminated, and can be resumed from their checkpoint', async () => {
    const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-task-'));
    const restore = await withSettings({ storage });
    try {
      const { execution, exitCode } = await execute(await taskNamed('endless'));
      await eventually('steps of the task', () => {
        const [job] = listJobs(storage);
        return job !== undefined && fs.existsSync(path.join(job.folder, jobFiles.steps)) ? true : undefined;
      });
      execution.terminate();
      await exitCode;
      const job = await eventually('the job that was let go', () => {
        const [found] = listJobs(storage);
        return found?.owner === undefined ? found : undefined;
      });
      assert.equal(job.state.status, 'stopped');
      assert.equal(job.resumable, true);
      assert.ok(fs.existsSync(path.join(job.folder, jobFiles.checkpoint)));
    } finally {
      await restore();
      fs.rmSync(storage, { recursive: true, force: true });
    }
  });
});
