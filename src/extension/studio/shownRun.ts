import * as path from 'node:path';
import type { Tuning } from '../../protocol/request';
import type { Insight } from '../../protocol/insight';
import type { JobEvent } from '../../protocol/jobEvent';
import { jobFiles } from '../../jobs/jobFiles';
import type { Picture } from '../../protocol/page';
import type { Controls, Snapshot, StudioUpdate } from '../../protocol/studio';
import type { Status } from '../../protocol/run';
import type { LivePage } from '../panels/livePanel';
import type { Run } from '../runs/run';
import { runTitle } from '../runs/runTitle';
import { controlsBehind, controlsNow, describeChange, giveStrengths, tunedControls } from './controls';
import { Feed } from './feed';
import { namedPictures, type RecipePictures } from './pictures';
import { frameOf, snapshotOf } from './snapshot';
import { Insights } from './insights';
import { statusOf, type Circumstances, type Transition } from './status';

/** The run in the panel: what was asked of it, what the panel was told, and what changed since. */
export class ShownRun {
  private readonly feed: Feed;
  private transition: Transition | undefined;
  private controlsNow: Controls;
  private asked: Controls;
  private picturesNow: RecipePictures;
  private readonly insights: Insights;

  /**
   * @param page is told what changes
   * @param queue how many runs of this window come before this one in the queue, and which one is to be told beside it
   * @param tuning what this window has asked of the run before
   */
  constructor(
    private current: Run,
    private readonly page: LivePage<StudioUpdate>,
    private readonly queue: (run: Run) => Pick<Circumstances, 'ahead' | 'queue'>,
    tuning: Tuning = {},
  ) {
    this.controlsNow = controlsNow(current, {});
    this.asked = controlsNow(current, tuning);
    this.picturesNow = namedPictures(current.recipe);
    this.insights = new Insights(current.folder, page.toUri);
    this.feed = new Feed(
      update => page.post(update),
      () => this.status,
    );
  }

  /** The message for a panel that has nothing to show. */
  static nothing(): Snapshot {
    return snapshotOf(undefined, file => file);
  }

  get run(): Run {
    return this.current;
  }

  /** What the tab says. */
  get title(): string {
    return runTitle(this.current);
  }

  /** The strengths that the person has set, which also hold for running it again. */
  get controls(): Controls {
    return this.asked;
  }

  set pictures(pictures: RecipePictures) {
    this.picturesNow = pictures;
  }

  /** All that there is to show; what was gathered is in it. */
  snapshot(): Snapshot {
    this.feed.clear();
    const shown = {
      run: this.current,
      pictures: this.picturesNow,
      controls: this.asked,
      status: this.status,
      insights: this.insights.snapshot,
    };
    return snapshotOf(shown, this.page.toUri);
  }

  /** Nobody looks any more: nothing is gathered until the next snapshot. */
  stopUpdates(): void {
    this.feed.clear();
  }

  /** A pause or a stop was asked for; shown until it has happened. */
  setTransition(transition: Transition | undefined): void {
    this.transition = transition;
    this.feed.flush();
  }

  /** Strengths were set. */
  tune(tuning: Tuning): void {
    this.asked = tunedControls(this.asked, tuning);
  }

  /** Takes in what the person calls the run now. */
  rename(name: string | undefined): void {
    const { name: _before, ...run } = this.current;
    this.current = name === undefined ? run : { ...run, name };
  }

  /** What is around the run changed, for example the queue. */
  refresh(): void {
    this.feed.flush();
  }

  /** Takes in an event, and tells the panel if somebody looks. */
  hear(run: Run, event: JobEvent): void {
    const before = this.current;
    this.current = run;
    if (run.state.status !== before.state.status) this.transition = undefined;
    if (event.event === 'retuned') this.retuned(event);
    else if (this.page.live) this.tell(event);
  }

  /** Takes in what was found about the layers. */
  found(insight: Insight): void {
    this.page.post(this.insights.receive(insight));
  }

  private tell(event: JobEvent): void {
    switch (event.event) {
      case 'started':
        this.page.renew();
        break;
      case 'step':
        this.feed.step(event);
        break;
      case 'frame':
        this.feed.frame(frameOf(this.current, event, this.page.toUri));
        break;
      case 'checkpoint':
        break;
      default:
        this.feed.flush();
    }
  }

  private retuned({ step, strengths }: JobEvent & { event: 'retuned' }): void {
    const { recipe } = this.current;
    const before = this.controlsNow;
    const after = giveStrengths(this.asked, recipe, strengths)
      ? this.asked
      : controlsBehind(strengths, recipe);
    this.controlsNow = after;
    if (!this.page.live) return;
    this.feed.flush();
    this.page.post({
      type: 'retuned',
      mark: { step, label: describeChange(before, after) },
      controls: this.asked,
    });
  }

  private get status(): Status {
    return statusOf(this.current, {
      transition: this.transition,
      ...this.queue(this.current),
      result: this.result,
    });
  }

  /** The finished picture as it lies in the job folder, which the panel may read. */
  private get result(): Picture | undefined {
    const { state, folder } = this.current;
    const saved = state.output ?? state.kept;
    if (saved === undefined) return undefined;
    // A resumed run writes the same file again.
    const uri = `${this.page.toUri(path.join(folder, jobFiles.result))}?v=${state.step}`;
    return { name: path.basename(saved), uri };
  }
}
