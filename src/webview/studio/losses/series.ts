import { fill } from '../../../protocol/wording';
import type { StudioStrings } from '../../../protocol/strings';

/** How a curve is drawn: a colour variable of the theme, the width in pixels, and dashes. */
export interface SeriesLook {
  readonly variable: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

/** From shallow to deep; the theme's orange is left out, it is transparent in most. */
const styleColours = [
  '--vscode-charts-blue',
  '--vscode-charts-green',
  '--vscode-charts-yellow',
  '--vscode-charts-red',
  '--vscode-charts-purple',
];

/** The look of a series among all of a run; style layers beyond the fifth repeat the colours with dashes. */
export function look(name: string, all: readonly string[]): SeriesLook {
  if (name === 'total') return { variable: '--vscode-foreground', width: 2 };
  if (name === 'tv') return { variable: '--vscode-descriptionForeground', width: 1, dash: [2, 3] };
  if (name === 'range') return { variable: '--vscode-descriptionForeground', width: 1, dash: [6, 3] };
  const [kind, layer, region] = name.split(':');
  const layers = new Set(all.filter(other => other.startsWith(`${kind}:`)).map(other => other.split(':')[1]));
  const index = [...layers].indexOf(layer);
  if (kind === 'content')
    return { variable: '--vscode-foreground', width: 1.5, dash: index > 0 ? [2, 2] : [7, 3] };
  const colour = styleColours[index % styleColours.length] ?? '--vscode-charts-blue';
  const dash = regionDashes[Number(region ?? 0)];
  return dash === undefined
    ? withDash(colour, index >= styleColours.length)
    : { variable: colour, width: 1.5, dash };
}

/** A layer has its colour in all regions of a picture. */
const regionDashes: Readonly<Record<number, readonly number[]>> = {
  1: [8, 3],
  2: [2, 3],
  3: [8, 3, 2, 3],
  4: [4, 4],
  5: [12, 3, 2, 3],
  6: [1, 5],
};

function withDash(variable: string, dashed: boolean): SeriesLook {
  return dashed ? { variable, width: 1.5, dash: [6, 3] } : { variable, width: 1.5 };
}

/** What the legend says: "style conv2_1", "style conv2_1, region 2". */
export function seriesText(name: string, strings: StudioStrings): string {
  if (name === 'total') return strings.seriesTotal;
  if (name === 'tv') return strings.seriesTv;
  if (name === 'range') return strings.seriesRange;
  const [kind, layer = '', region] = name.split(':');
  if (region !== undefined) return fill(strings.seriesRegion, { layer, region });
  return fill(kind === 'content' ? strings.seriesContent : strings.seriesStyle, { layer });
}
