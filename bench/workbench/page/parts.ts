/** The elements of the studio panel that the bench looks at; undefined while they are not there. */
interface StudioParts {
  readonly pile: Element | undefined;
  readonly image: HTMLImageElement | undefined;
  readonly chart: ChartElement | undefined;
  /** The previews that the timeline offers. */
  readonly frames: readonly { readonly uri: string }[];
  /** The element of the section that is shown. */
  readonly section: Element | undefined;
}

type ChartElement = Element & { readonly plot?: { readonly data: readonly [number[], ...unknown[]] } };
type TimelineElement = Element & { readonly frames: readonly { readonly uri: string }[] };

/** Walks through shadow roots, one selector a root. */
function within(...selectors: readonly string[]): Element | undefined {
  let found: Element | null | undefined = document.querySelector('atelier-studio');
  for (const selector of selectors) found = found?.shadowRoot?.querySelector(selector);
  return found ?? undefined;
}

export function studioParts(): StudioParts {
  const pile = within('atelier-stage', 'atelier-pane', '.pile');
  const timeline = within('atelier-transport', 'atelier-timeline') as TimelineElement | undefined;
  return {
    pile,
    image: pile?.querySelector('img') ?? undefined,
    chart: within('atelier-loss-section', 'atelier-loss-chart'),
    frames: timeline?.frames ?? [],
    section: within('atelier-tabs > *'),
  };
}
