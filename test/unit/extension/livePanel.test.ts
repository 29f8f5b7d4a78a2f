import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import { LivePanel, type LiveContent } from '../../../src/extension/panels/livePanel';
import { messages, text } from '../../../src/protocol/schema';

vi.mock('vscode', () => {
  const uri = (path: string) => ({ path, toString: () => path });
  return {
    Uri: {
      file: uri,
      joinPath: ({ path }: { path: string }, ...more: string[]) => uri([path, ...more].join('/')),
    },
    env: { language: 'en' },
    l10n: { t: (words: string) => words },
    window: { showErrorMessage: (words: string) => Promise.resolve(shownErrors.push(words) && undefined) },
  };
});
const shownErrors: string[] = [];

const read = messages({ ready: {}, ask: { text } });
type Request = NonNullable<ReturnType<typeof read>>;

/** A panel of VS Code, and the page in it. */
class FakePanel {
  private readonly events = new EventEmitter();
  readonly sent: unknown[] = [];
  visible = true;
  options = { retainContextWhenHidden: true };
  readonly webview = {
    options: {},
    cspSource: 'source',
    html: '',
    asWebviewUri: (uri: unknown) => uri,
    onDidReceiveMessage: (listen: (message: unknown) => void) => this.on('said', listen),
    postMessage: (message: unknown) => this.sent.push(message),
  };
  onDidChangeViewState = (listen: () => void) => this.on('turned', listen);
  onDidDispose = (listen: () => void) => this.on('closed', listen);

  /** The page says something; when the panel has taken it in, it returns. */
  async says(message: unknown): Promise<void> {
    this.events.emit('said', message);
    await settled();
  }

  async turn(visible: boolean): Promise<void> {
    this.visible = visible;
    this.events.emit('turned');
    await settled();
  }

  private on(event: string, listen: (...values: unknown[]) => void) {
    this.events.on(event, listen);
    return { dispose: () => this.events.off(event, listen) };
  }
}

const settled = () => new Promise(resolve => setImmediate(resolve));

let panel: FakePanel;
let state: string;
let handled: Request[];
let turns: boolean[];
const warn = vi.fn();

function open(change: Partial<LiveContent<string, Request>> = {}): LivePanel<string, Request> {
  const live = new LivePanel<string, Request>(
    panel as never,
    {
      page: 'studio',
      folders: [],
      reader: () => Promise.resolve(read),
      snapshot: () => `all of ${state}`,
      handle: request => void handled.push(request),
      turned: on => void turns.push(on),
      ...change,
    },
    { extension: { path: '/x' }, log: { warn, error: () => undefined } } as never,
  );
  live.load(true);
  return live;
}

beforeEach(() => {
  panel = new FakePanel();
  [state, handled, turns] = ['a', [], []];
  shownErrors.length = 0;
  warn.mockClear();
});

it('tells the page nothing before it is ready, then everything, then what changes', async () => {
  const live = open();
  live.post('lost');
  expect(panel.sent).toEqual([]);
  await panel.says({ type: 'ready' });
  live.post('b');
  expect(panel.sent).toEqual(['all of a', 'b']);
  expect(turns).toEqual([true]);
});

it('what changes while it is hidden is in the snapshot when it shows again, and nowhere else', async () => {
  const live = open();
  await panel.says({ type: 'ready' });
  await panel.turn(false);
  state = 'b';
  live.post('b');
  live.renew();
  expect(live.live).toBe(false);
  await panel.turn(true);
  live.post('c');
  expect(panel.sent).toEqual(['all of a', 'all of b', 'c']);
  expect(turns).toEqual([true, false, true]);
});

it('a page that loads while the panel is hidden gets its snapshot when it shows', async () => {
  open();
  await panel.turn(false);
  await panel.says({ type: 'ready' });
  expect(panel.sent).toEqual([]);
  await panel.turn(true);
  expect(panel.sent).toEqual(['all of a']);
});

it('a page that VS Code does not keep gets its snapshot when it was loaded anew', async () => {
  panel.options.retainContextWhenHidden = false;
  open();
  await panel.says({ type: 'ready' });
  await panel.turn(false);
  await panel.turn(true);
  expect(panel.sent).toHaveLength(1);
  await panel.says({ type: 'ready' });
  expect(panel.sent).toHaveLength(2);
});

it('what changes while a snapshot is made comes after it, once', async () => {
  let finish: (snapshot: string) => void = () => undefined;
  const snapshot = vi.fn(() => new Promise<string>(resolve => (finish = resolve)));
  const live = open({ snapshot });
  await panel.says({ type: 'ready' });
  live.post('b');
  // The page has waited long.
  await panel.says({ type: 'ready' });
  expect(panel.sent).toEqual([]);
  finish('all of a');
  await settled();
  live.post('c');
  expect(panel.sent).toEqual(['all of a', 'b', 'c']);
  expect(snapshot).toHaveBeenCalledTimes(1);
});

it('of two snapshots that are made at once only the later is sent', async () => {
  const finish: ((snapshot: string) => void)[] = [];
  const live = open({ snapshot: () => new Promise<string>(resolve => finish.push(resolve)) });
  await panel.says({ type: 'ready' });
  live.post('b');
  live.renew();
  finish[1]?.('all of b');
  finish[0]?.('all of a');
  await settled();
  expect(panel.sent).toEqual(['all of b']);
});

it('a snapshot that cannot be made is shown as an error, and the next one is sent', async () => {
  const snapshot = vi.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValue('all');
  open({ snapshot });
  await panel.says({ type: 'ready' });
  expect(shownErrors).toEqual(['no']);
  await panel.says({ type: 'ready' });
  expect(panel.sent).toEqual(['all']);
});

it('hands on what the page asks in order, and shows what goes wrong', async () => {
  const handle = vi.fn().mockRejectedValueOnce(new Error('no'));
  open({ handle });
  await Promise.all([panel.says({ type: 'ask', text: '1' }), panel.says({ type: 'ask', text: '2' })]);
  expect(handle.mock.calls).toEqual([[{ type: 'ask', text: '1' }], [{ type: 'ask', text: '2' }]]);
  expect(shownErrors).toEqual(['no']);
});

it.each([null, { type: 'ask' }, { type: 'eval', text: 'x' }])('does not take %j', async message => {
  open();
  await panel.says(message);
  expect(handled).toEqual([]);
  expect(warn).toHaveBeenCalledOnce();
});

it('is silent when it is closed', async () => {
  const live = open();
  await panel.says({ type: 'ready' });
  live.dispose();
  live.post('b');
  await panel.says({ type: 'ready' });
  await panel.turn(true);
  expect(panel.sent).toEqual(['all of a']);
  expect(turns).toEqual([true, false]);
});
