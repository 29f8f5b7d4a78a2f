// Runs in the page of the studio panel: sees what is really on screen. Times are those of the wall clock,
// in milliseconds, which the bench can compare with its own.
import { studioParts } from './parts';

/** What is on screen in one frame of the browser. */
export interface Sight {
  readonly at: number;
  /** Step of the picture, once it is decoded. */
  readonly picture: number | undefined;
  /** Where the newest curve that is drawn ends, in evaluations, and how many points a curve has. */
  readonly evaluations: number | undefined;
  readonly points: number;
  readonly series: number;
  /** File names of the previews that the timeline offers. */
  readonly timeline: readonly string[];
}

/** A picture that came on screen. */
export interface ShownPicture {
  readonly at: number;
  readonly step: number;
}

export interface Watch {
  /** All pictures since `watchPictures`. */
  readonly pictures: ShownPicture[];
  /** What changed from one frame of the browser to the next since `watchFrames`. */
  readonly sights: Sight[];
  /** The longest time between two frames of the browser since `watchFrames`, or since it was set to 0. */
  longestGap: number;
  watchPictures(): void;
  watchFrames(): void;
  look(): Sight;
  /** Milliseconds from a click to the frame that shows the section that it chose. */
  readonly turns: number[];
  watchTurns(): void;
}

const now = () => performance.timeOrigin + performance.now();

/** After the browser has drawn what the document is now. */
const afterNextFrame = (act: (at: number) => void) =>
  requestAnimationFrame(() => requestAnimationFrame(() => act(now())));

function look(): Sight {
  const { image, chart, frames } = studioParts();
  const step = Number(/\d+$/.exec(image?.alt ?? '')?.[0] ?? NaN);
  const isDrawn = image?.complete === true && image.naturalWidth > 0 && !Number.isNaN(step);
  const data = chart?.plot?.data;
  return {
    at: now(),
    picture: isDrawn ? step : undefined,
    evaluations: data?.[0].at(-1),
    points: data?.[0].length ?? 0,
    series: (data?.length ?? 1) - 1,
    timeline: frames.map(({ uri }) => new URL(uri).pathname.replace(/^.*\//, '')),
  };
}

/** Without a loop, so that watching costs the browser nothing between two pictures. */
function watchPictures(this: Watch): void {
  const pile = studioParts().pile;
  if (pile === undefined) throw new Error('The studio is not there.');
  const watched = new WeakSet<HTMLImageElement>();
  const watch = () => {
    for (const image of pile.querySelectorAll('img')) {
      if (watched.has(image)) continue;
      watched.add(image);
      image.addEventListener('load', () => afterNextFrame(note));
    }
  };
  const note = (at: number) => {
    const { picture } = look();
    if (picture !== undefined && this.pictures.at(-1)?.step !== picture)
      this.pictures.push({ at, step: picture });
  };
  new MutationObserver(watch).observe(pile, { childList: true });
  watch();
}

let lastFrame: number | undefined;

/** May be called again: a document that is written anew loses what it was to do at its next frame. */
function watchFrames(this: Watch): void {
  if (lastFrame !== undefined && performance.now() - lastFrame < 200) return;
  let last: number | undefined;
  let before = '';
  const frame = (time: number) => {
    this.longestGap = Math.max(this.longestGap, time - (last ?? time));
    last = time;
    lastFrame = performance.now();
    const { at: _, ...sight } = look();
    const text = JSON.stringify(sight);
    if (text !== before) {
      before = text;
      // What this frame draws is on screen when the next one begins.
      requestAnimationFrame(() => this.sights.push({ ...sight, at: now() }));
    }
    requestAnimationFrame(frame);
  };
  lastFrame = performance.now();
  requestAnimationFrame(frame);
}

function watchTurns(this: Watch): void {
  let section = studioParts().section;
  const turned = ({ timeStamp }: Event) => {
    const frame = () => {
      const { section: shown } = studioParts();
      if (shown === section) requestAnimationFrame(frame);
      else {
        section = shown;
        requestAnimationFrame(() => this.turns.push(performance.now() - timeStamp));
      }
    };
    requestAnimationFrame(frame);
  };
  window.addEventListener('click', turned, { capture: true });
}

const watch: Watch = {
  ...{ pictures: [], sights: [], turns: [], longestGap: 0 },
  ...{ look, watchPictures, watchFrames, watchTurns },
};
if (!('atelierWatch' in window)) Object.assign(window, { atelierWatch: watch });
