import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packagedExtension } from './host/product';
import { Session } from './host/session';
import type { Workbench } from './host/workbench';
import { repository } from './host/installation';

describe('The installed package', () => {
  let session: Session;
  let window: Workbench;

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'still life.jpg': `${repository}/media/samples/still-life.jpg` },
    });
    window = await session.window();
  });

  afterAll(async () => {
    expect(await session.stop()).toEqual([]);
  });

  it('offers its commands in the palette', async () => {
    const rows = await window.commandsWith('Atelier');
    expect(rows.length).toBeGreaterThan(5);
  });

  it('offers its menu on an image', async () => {
    const labels = await window.explorer.menuLabels('still life.jpg', 'Atelier');
    expect(labels).toContain('Stylize Image…');
  });

  it('activates without an error', () => {
    const log = [...session.server.logs()].find(([name]) => name.endsWith('remoteexthost.log'))?.[1] ?? '';
    expect(log).toMatch(/_doActivateExtension atelier\.atelier/);
    expect(log).not.toMatch(/Activating extension atelier\.atelier failed/);
  });
});
