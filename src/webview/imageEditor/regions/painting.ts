import type { EditorRequest, RegionInfo } from '../../../protocol/imageEditor';
import type { Extent } from '../../common/pictures/viewBox';
import {
  emptyMask,
  feather,
  fillByColor,
  invert,
  isEmpty,
  stroke,
  wholeOf,
  type Mask,
  type Rect,
} from './mask';
import { decodeMask, encodeMask, readPixels } from './maskFile';

export const TOOLS = ['brush', 'eraser', 'byColor'] as const;
export type Tool = (typeof TOOLS)[number];

/** What is done to the whole mask of a region at once. */
export type Action = 'fill' | 'invert' | 'feather' | 'clear';

/** As many regions as a recipe takes. */
export const MOST_REGIONS = 6;
export const SMALLEST_BRUSH = 2;
export const LARGEST_BRUSH = 600;

interface Region extends RegionInfo {
  /** The mask as it is painted here. */
  readonly painted: Mask;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The regions of the image as they are painted. Tells the host of every stroke once it is done. */
export class RegionsPainting {
  regions: readonly Region[] = [];
  chosen = 0;
  tool: Tool = 'brush';
  /** Diameter of the brush in pixels of the mask. */
  size = 80;
  /** Of the tint, 0 … 1. */
  opacity = 0.6;
  /** How far a colour may be away, 0 … 255. */
  tolerance = 32;
  everywhere = false;
  /** Draws what has changed of the masks. */
  redraw: (rect: Rect) => void = () => undefined;

  private extent: Extent = { width: 0, height: 0 };
  private received: readonly RegionInfo[] = [];
  private arrivals = 0;
  /** Edits go to the host in their order. */
  private sending: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly host: { requestUpdate(): void },
    private readonly send: (request: EditorRequest) => void,
  ) {}

  /** An empty mask of the size in which masks are painted. */
  get blank(): Mask {
    return emptyMask(this.extent);
  }

  get current(): Region | undefined {
    return this.regions[this.chosen];
  }

  /** The size of the picture, as soon as it is known. */
  async measure(extent: Extent): Promise<void> {
    if (extent.width === this.extent.width && extent.height === this.extent.height) return;
    this.extent = extent;
    await this.receive(this.received);
  }

  /** The regions as the host has them: at the beginning, after undo and redo, and after an edit elsewhere. */
  async receive(received: readonly RegionInfo[]): Promise<void> {
    this.received = received;
    const { width } = this.extent;
    if (width === 0) return;
    const arrival = ++this.arrivals;
    const regions = await Promise.all(
      received.map(async (region): Promise<Region> => {
        const { blank } = this;
        return {
          ...region,
          painted:
            region.mask === undefined ? blank : await decodeMask(region.mask, blank).catch(() => blank),
        };
      }),
    );
    // Others have come while these were decoded.
    if (arrival !== this.arrivals) return;
    this.regions = regions;
    this.chosen = Math.max(0, Math.min(this.chosen, regions.length - 1));
    this.changed();
  }

  set(
    change: Partial<Pick<this, 'chosen' | 'tool' | 'size' | 'opacity' | 'tolerance' | 'everywhere'>>,
  ): void {
    Object.assign(this, change);
    this.host.requestUpdate();
  }

  resize(factor: number): void {
    const size = Math.round(this.size * factor);
    this.set({ size: Math.min(LARGEST_BRUSH, Math.max(SMALLEST_BRUSH, size)) });
  }

  /** Another region, which is kept until it has a style. */
  add(): void {
    this.regions = [...this.regions, { id: crypto.randomUUID(), keep: true, label: '', painted: this.blank }];
    this.chosen = this.regions.length - 1;
    this.commit();
  }

  remove(): void {
    this.regions = this.regions.filter((_, index) => index !== this.chosen);
    this.chosen = Math.max(0, Math.min(this.chosen, this.regions.length - 1));
    this.commit();
  }

  keep(): void {
    this.regions = this.regions.map((region, index) =>
      index === this.chosen ? { ...region, keep: true } : region,
    );
    this.commit();
  }

  /** Asks for the style of the region. It must have reached the host before. */
  pickStyle(): void {
    const { current } = this;
    if (current === undefined) return;
    void this.after(() => this.send({ type: 'pickRegionStyle', id: current.id }));
  }

  /** Paints along a line; the first stroke of all makes a region. Nothing is told before `commit`. */
  stroke(from: Point, to: Point, erase: boolean): void {
    if (this.current === undefined) {
      this.regions = [{ id: crypto.randomUUID(), keep: true, label: '', painted: this.blank }];
      this.chosen = 0;
      this.host.requestUpdate();
    }
    this.redraw(stroke(this.regions[this.chosen]!.painted, from, to, this.size / 2, erase));
  }

  /** Adds what has the colour at a point. */
  async fillFrom(uri: string, point: Point): Promise<void> {
    const pixels = await readPixels(uri, this.blank);
    if (this.current === undefined) this.add();
    const { painted } = this.regions[this.chosen]!;
    fillByColor(painted, pixels, point, this.tolerance, this.everywhere);
    this.commit();
  }

  act(action: Action): void {
    const painted = this.current?.painted;
    if (painted === undefined) return;
    if (action === 'invert') invert(painted);
    else if (action === 'feather')
      feather(painted, Math.max(1, Math.round(Math.max(painted.width, painted.height) / 256)));
    else painted.data.fill(action === 'fill' ? 255 : 0);
    this.commit();
  }

  /** Tells the host what there is now: one step for undo. */
  commit(): void {
    // What is on its way from the host is older.
    this.arrivals++;
    this.changed();
    // Strokes go on while these are encoded.
    const regions = this.regions.map(({ painted, ...region }) => ({
      ...region,
      painted: { ...painted, data: painted.data.slice() },
    }));
    void this.after(async () => {
      const edited = await Promise.all(
        regions.map(async ({ id, keep, painted }) =>
          isEmpty(painted) ? { id, keep } : { id, keep, mask: await encodeMask(painted) },
        ),
      );
      this.send({ type: 'editRegions', regions: edited });
    });
  }

  /** Does something once the host knows of all edits. */
  after(work: () => unknown): Promise<unknown> {
    this.sending = this.sending.then(work);
    return this.sending;
  }

  private changed(): void {
    this.host.requestUpdate();
    if (this.extent.width > 0) this.redraw(wholeOf(this.blank));
  }
}
