import type { Frame } from 'playwright-core';
import { expect } from 'vitest';

/** What each page is refused when it tries. */
const refused = ['connect-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'];

/**
 * What holds for every page of ours, wherever it is shown.
 * @param outside absolute path of a picture in a folder that it has nothing to do with
 */
export async function isSafe(page: Frame, outside: string): Promise<void> {
  const picture = await pictureIn(page);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  const rules = new Map(
    (policy ?? '').split(';').map(rule => {
      const [name = '', ...sources] = rule.trim().split(/\s+/);
      return [name, sources] as const;
    }),
  );
  expect([...rules.keys()].sort()).toEqual(['default-src', 'img-src', 'script-src', 'style-src']);
  expect(rules.get('default-src')).toEqual([`'none'`]);
  expect(rules.get('script-src')).toHaveLength(1);
  expect(rules.get('script-src')?.[0]).toMatch(/^'nonce-[\w-]{20,}'$/);
  expect(policy).not.toMatch(/unsafe|\*(?!\.vscode-cdn\.net)|http:/);

  const found = await page.evaluate(
    async ({ picture, outside, refused }) => {
      // Told after the fact, and in any order.
      const violations = new Set<string>();
      document.addEventListener('securitypolicyviolation', event => violations.add(event.effectiveDirective));
      const loads = (uri: string) =>
        new Promise<boolean>(resolve => {
          const image = new Image();
          image.addEventListener('load', () => resolve(true));
          image.addEventListener('error', () => resolve(false));
          image.src = uri;
        });
      const script = document.createElement('script');
      script.textContent = 'window.broken = 1';
      document.body.append(script);
      const element = document.createElement('div');
      element.innerHTML = '<img src="data:," onerror="window.broken = 1">';
      document.body.append(element);
      const foreign = new URL(picture);
      foreign.pathname = outside;
      const readable = { own: await loads(picture), foreign: await loads(foreign.href) };
      const reached = await fetch(picture).then(
        () => true,
        () => false,
      );
      const style = document.createElement('style');
      style.textContent = 'body { outline: 7px solid red }';
      document.body.append(style);
      const styled = getComputedStyle(document.body).outlineWidth === '7px';
      for (const deadline = Date.now() + 10_000; violations.size < refused.length && Date.now() < deadline;)
        await new Promise(resolve => setTimeout(resolve, 20));
      for (const each of [script, element, style]) each.remove();
      const broken = 'broken' in window;
      return { readable, reached, styled, broken, violations: [...violations].sort() };
    },
    { picture, outside, refused },
  );
  expect(found).toEqual({
    readable: { own: true, foreign: false },
    reached: false,
    styled: false,
    broken: false,
    violations: refused,
  });
}

/** The address of a picture that a page shows. */
async function pictureIn(page: Frame): Promise<string> {
  const image = page.locator('img[src*="vscode-resource"]').first();
  await image.waitFor({ state: 'attached' });
  return (await image.getAttribute('src')) ?? '';
}
