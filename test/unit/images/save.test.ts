import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AtelierError } from '../../../src/common/errors';
import { saveAs, saveBeside } from '../../../src/images/save';
import { temporaryFolder } from './pictures';

const inFolder = temporaryFolder();
let counter = 0;
/** A fresh folder below the temporary one, with a content image in it. */
function freshFolder(content = 'photo.jpg'): { folder: string; content: string } {
  const folder = inFolder(`folder${counter++}`);
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, content), 'content');
  return { folder, content: path.join(folder, content) };
}
/** The name beside a content image under which its painting is to be saved. */
const painting = (content: string) =>
  path.join(path.dirname(content), `${path.parse(content).name}-atelier.png`);
const bytes = Buffer.from('the picture');
const coded = (code: string) => Object.assign(new Error(code), { code });
afterEach(() => {
  vi.restoreAllMocks();
});

async function failure(attempt: Promise<unknown>): Promise<AtelierError> {
  const error: unknown = await attempt.then(
    () => expect.fail('was saved'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AtelierError);
  expect(error).toMatchObject({ code: 'write-failed' });
  return error as AtelierError;
}

describe('names', () => {
  it('follow the content image and count up', async () => {
    const { folder, content } = freshFolder('my photo.of.2019.jpeg');
    const names = [];
    for (let i = 0; i < 3; i++) {
      names.push(path.relative(folder, await saveBeside(painting(content), bytes)));
    }
    expect(names).toEqual([
      'my photo.of.2019-atelier.png',
      'my photo.of.2019-atelier-2.png',
      'my photo.of.2019-atelier-3.png',
    ]);
  });

  it('fill a gap, and step over folders and broken links', async () => {
    const { folder, content } = freshFolder();
    fs.mkdirSync(path.join(folder, 'photo-atelier.png'));
    fs.symlinkSync('nowhere', path.join(folder, 'photo-atelier-2.png'));
    fs.writeFileSync(path.join(folder, 'photo-atelier-4.png'), 'mine');
    expect(path.basename(await saveBeside(painting(content), bytes))).toBe('photo-atelier-3.png');
    expect(path.basename(await saveBeside(painting(content), bytes))).toBe('photo-atelier-5.png');
    expect(fs.readlinkSync(path.join(folder, 'photo-atelier-2.png'))).toBe('nowhere');
  });

  it('are shortened where the file system ends, between characters', async () => {
    const { folder } = freshFolder();
    const wanted = path.join(folder, `${'字'.repeat(83)}.png`);
    fs.writeFileSync(wanted, 'mine');
    const saved = await saveBeside(wanted, bytes);
    expect(path.basename(saved)).toBe(`${'字'.repeat(83)}-2.png`);
    const longest = path.join(folder, `${'字'.repeat(83)}a.png`);
    fs.writeFileSync(longest, 'mine');
    expect(path.basename(await saveBeside(longest, bytes))).toBe(`${'字'.repeat(83)}-3.png`);
  });
});

describe('saveBeside', () => {
  it('never touches a file that is there', async () => {
    const { folder, content } = freshFolder();
    fs.writeFileSync(path.join(folder, 'photo-atelier.png'), 'mine');
    const saved = await saveBeside(painting(content), bytes);
    expect(fs.readFileSync(path.join(folder, 'photo-atelier.png'), 'utf8')).toBe('mine');
    expect(fs.readFileSync(saved)).toEqual(bytes);
    expect(fs.readdirSync(folder).sort()).toEqual(['photo-atelier-2.png', 'photo-atelier.png', 'photo.jpg']);
  });

  it('leaves nothing of an attempt of the same job that was killed, and what others are at', async () => {
    const { folder, content } = freshFolder();
    const [mine, other] = ['.atelier-0123456789ab.tmp', '.atelier-ba9876543210.tmp'];
    for (const name of [mine, other]) fs.writeFileSync(path.join(folder, name), 'half');
    const saved = await saveBeside(painting(content), bytes, { mark: '0123456789ab' });
    expect(fs.readFileSync(saved)).toEqual(bytes);
    expect(fs.readdirSync(folder).sort()).toEqual([other, 'photo-atelier.png', 'photo.jpg']);
  });

  it.each(['with hard links', 'without hard links'])(
    'gives each of many at once its own name, %s',
    async mode => {
      if (mode === 'without hard links') vi.spyOn(fs.promises, 'link').mockRejectedValue(coded('EPERM'));
      const { folder, content } = freshFolder();
      const pictures = Array.from({ length: 25 }, (_, i) => Buffer.alloc(100_000, i));
      const saved = await Promise.all(pictures.map(picture => saveBeside(painting(content), picture)));
      expect(new Set(saved).size).toBe(25);
      saved.forEach((name, i) => {
        expect(fs.readFileSync(name).equals(pictures[i]!)).toBe(true);
      });
      expect(fs.readdirSync(folder)).toHaveLength(26);
    },
  );

  it('shows no name before the file is whole', async () => {
    const { folder, content } = freshFolder();
    const seen: string[][] = [];
    const link = fs.promises.link.bind(fs.promises);
    vi.spyOn(fs.promises, 'link').mockImplementation(async (from, to) => {
      seen.push(fs.readdirSync(folder).filter(name => name.endsWith('.png')));
      expect(fs.readFileSync(from)).toEqual(bytes);
      await link(from, to);
    });
    await saveBeside(painting(content), bytes);
    expect(seen).toEqual([[]]);
  });
});

describe('saveAs', () => {
  const yes = () => Promise.resolve(true);
  const no = () => Promise.resolve(false);

  it('takes the name that was asked for, and asks about nothing where it is free', async () => {
    const { folder } = freshFolder();
    const wanted = path.join(folder, 'out.png');
    expect(await saveAs(wanted, bytes, () => expect.fail('asked'))).toBe(wanted);
    expect(fs.readFileSync(wanted)).toEqual(bytes);
    expect(fs.readdirSync(folder)).toEqual(['out.png', 'photo.jpg']);
  });

  it('replaces a file that may be replaced', async () => {
    const { folder } = freshFolder();
    const wanted = path.join(folder, 'out.png');
    fs.writeFileSync(wanted, 'mine');
    expect(await saveAs(wanted, bytes, yes)).toBe(wanted);
    expect(fs.readFileSync(wanted)).toEqual(bytes);
    expect(fs.readdirSync(folder)).toEqual(['out.png', 'photo.jpg']);
  });

  it.each(['with hard links', 'without hard links'])(
    'takes the next free name beside a file that may not, %s',
    async mode => {
      if (mode === 'without hard links') vi.spyOn(fs.promises, 'link').mockRejectedValue(coded('EPERM'));
      const { folder } = freshFolder();
      for (const name of ['out.png', 'out-2.png']) fs.writeFileSync(path.join(folder, name), 'mine');
      fs.symlinkSync('nowhere', path.join(folder, 'out-3.png'));
      const saved = await saveAs(path.join(folder, 'out.png'), bytes, no);
      expect(path.basename(saved)).toBe('out-4.png');
      expect(fs.readFileSync(saved)).toEqual(bytes);
      for (const name of ['out.png', 'out-2.png'])
        expect(fs.readFileSync(path.join(folder, name), 'utf8')).toBe('mine');
      expect(fs.readdirSync(folder)).toHaveLength(5);
    },
  );

  it('takes names of every legal length', async () => {
    const { folder } = freshFolder();
    const longest = `${'x'.repeat(251)}.png`;
    expect(await saveAs(path.join(folder, longest), bytes, no)).toBe(path.join(folder, longest));
    expect(path.basename(await saveAs(path.join(folder, longest), bytes, no))).toBe(
      `${'x'.repeat(249)}-2.png`,
    );
  });
});

describe('failures', () => {
  it('names a file in the place of the folder', async () => {
    const { folder, content } = freshFolder();
    const error = await failure(saveBeside(painting(path.join(content, 'photo.jpg')), bytes));
    expect(error.message).toMatch(/photo-atelier\.png cannot be written: a file has the folder’s name/);
    expect(fs.readdirSync(folder)).toEqual(['photo.jpg']);
  });

  it('names a folder that is gone', async () => {
    const error = await failure(saveBeside(painting(inFolder('gone/photo.jpg')), bytes));
    expect(error.message).toBe(
      `${inFolder('gone/photo-atelier.png')} cannot be written: the folder does not exist.`,
    );
  });

  // Root may write anywhere, so these two come from a stand-in for the system.
  it('names a read-only folder', async () => {
    const { folder, content } = freshFolder();
    vi.spyOn(fs.promises, 'open').mockRejectedValue(coded('EROFS'));
    const error = await failure(saveBeside(painting(content), bytes));
    expect(error).toMatchObject({ next: 'Choose another folder.' });
    expect(error.message).toMatch(/photo-atelier\.png cannot be written: the folder is read-only/);
    expect(fs.readdirSync(folder)).toEqual(['photo.jpg']);
  });

  it('names a full disk and leaves nothing half-written', async () => {
    const { folder, content } = freshFolder();
    const open = fs.promises.open.bind(fs.promises);
    vi.spyOn(fs.promises, 'open').mockImplementation(async (...args) => {
      const handle = await open(...args);
      handle.writeFile = async () => {
        await handle.write(bytes.subarray(0, 4));
        throw coded('ENOSPC');
      };
      return handle;
    });
    const error = await failure(saveBeside(painting(content), bytes));
    expect(error.message).toMatch(/photo-atelier\.png cannot be written: the disk is full/);
    expect(fs.readdirSync(folder)).toEqual(['photo.jpg']);
  });

  it('leaves no empty file when the last step fails', async () => {
    const { folder, content } = freshFolder();
    vi.spyOn(fs.promises, 'link').mockRejectedValue(coded('EPERM'));
    vi.spyOn(fs.promises, 'rename').mockRejectedValue(coded('EIO'));
    const error = await failure(saveBeside(painting(content), bytes));
    expect(error.message).toMatch(/cannot be written: the disk or the connection to it fails/);
    expect(fs.readdirSync(folder)).toEqual(['photo.jpg']);
  });
});
