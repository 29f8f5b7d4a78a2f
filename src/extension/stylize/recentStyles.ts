import type * as vscode from 'vscode';

const KEY = 'atelier.recentStyles';
const LIMIT = 8;

/** The styles used last, newest first: absolute paths, or `swatch:ID`. Remembered over windows. */
export class RecentStyles {
  constructor(private readonly memory: vscode.Memento) {}

  get all(): readonly string[] {
    return this.memory.get<readonly string[]>(KEY, []);
  }

  async add(styles: readonly string[]): Promise<void> {
    const rest = this.all.filter(style => !styles.includes(style));
    await this.memory.update(KEY, [...styles, ...rest].slice(0, LIMIT));
  }
}
