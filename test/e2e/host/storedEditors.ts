import type { Page } from 'playwright-core';

/** What a window has written down of its editors. */
export interface StoredEditors {
  readonly count: number;
  /** With what pages keep over a reload. */
  readonly text: string;
}

/**
 * The editors that a window has written down as open, and would open after a reload. In a browser VS Code keeps that in the
 * database of the workspace, and writes it every few seconds. For a browser that has shown one folder only.
 */
export function storedEditors(page: Page): Promise<StoredEditors> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    const count = (state: unknown): number => {
      if (typeof state !== 'object' || state === null) return 0;
      return Object.entries(state)
        .map(([name, value]) => (name === 'editors' && Array.isArray(value) ? value.length : count(value)))
        .reduce((sum, each) => sum + each, 0);
    };
    let total = 0;
    let all = '';
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db-') || /global|profile/.test(name)) continue;
      const database = await asked(indexedDB.open(name));
      const items = database.transaction('ItemTable').objectStore('ItemTable');
      const text: unknown = await asked(items.get('memento/workbench.parts.editor'));
      database.close();
      if (typeof text !== 'string') continue;
      total += count(JSON.parse(text) as unknown);
      all += text;
    }
    return { count: total, text: all };
  });
}
