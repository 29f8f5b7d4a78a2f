import type { FigurePlan, GridPlan, ReconstructionsPlan } from '../../engine/figures/figurePlan';
import { subjectOf } from '../../engine/figures/figureSubject';
import type { LayerName } from '../../nst/vgg19';
import { fill, formatPower } from '../../protocol/wording';
import type { FigureStrings } from '../../protocol/strings';
import type { ShownFigure } from '../../protocol/figure';

/** Where each picture of a figure stands, and what it is called; the words are those of the panel. */
export interface FigureLayout extends Pick<ShownFigure, 'axes' | 'columns' | 'columnHints'> {
  readonly rows: readonly {
    readonly label: string;
    readonly hint?: string;
    /** Which image the row is about, where rows have one of their own. */
    readonly about?: 'content' | 'style';
    readonly cells: readonly { readonly id: string; readonly name: string }[];
  }[];
}

/** Side of the square of pixels that a unit of a layer sees. */
export type ReceptiveField = (layer: LayerName) => number;

/** @param nameOf what a style image is called */
export function layoutOf(
  request: FigurePlan,
  strings: FigureStrings,
  fieldOf: ReceptiveField,
  nameOf: (style: string) => string,
): FigureLayout {
  const sees = (layer: LayerName): string => fill(strings.sees, { side: fieldOf(layer) });
  if (request.kind === 'reconstructions') return rowsLayout(request, strings, sees);
  const subject = subjectOf(request);
  if (subject === 'styles') return stylesLayout(request, nameOf);
  return subject === 'variations' ? variationsLayout(request, strings) : gridLayout(request, strings, sees);
}

function rowsLayout(
  { content, style, layers }: ReconstructionsPlan,
  strings: FigureStrings,
  sees: (layer: LayerName) => string,
): FigureLayout {
  const contents = {
    label: strings.content,
    hint: strings.alone,
    about: 'content',
    cells: layers.map(layer => ({
      id: `content-${layer}`,
      name: fill(strings.contentFrom, { layers: layer }),
    })),
  } as const;
  const styles = {
    label: strings.style,
    hint: strings.cumulative,
    about: 'style',
    cells: layers.map((layer, index) => ({
      id: `style-${layer}`,
      name: fill(strings.styleFrom, { layers: layers.slice(0, index + 1).join(', ') }),
    })),
  } as const;
  return {
    axes: { rows: '', columns: '' },
    columns: layers,
    columnHints: layers.map(sees),
    rows: [...(content === undefined ? [] : [contents]), ...(style === undefined ? [] : [styles])],
  };
}

/** One picture a style. */
function stylesLayout({ columns }: GridPlan, nameOf: (style: string) => string): FigureLayout {
  const names = columns.values.map(({ label, change }) => {
    const [style] = change.styles ?? [];
    return style === undefined ? label : nameOf(style.image);
  });
  return {
    axes: { rows: '', columns: '' },
    columns: names,
    rows: [{ label: '', cells: names.map((name, c) => ({ id: `cell-1-${c + 1}`, name })) }],
  };
}

/** Neighbours of a painting, in words instead of numbers. */
function variationsLayout({ base, rows, columns }: GridPlan, strings: FigureStrings): FigureLayout {
  const styles = rows.values.map(({ change }) =>
    compared(change.ratio, base.ratio, [strings.moreStyle, strings.asMuchStyle, strings.lessStyle]),
  );
  const strokes = columns.values.map(({ change }) =>
    compared(change.styleScale, base.styleScale, [strings.finer, strings.asFine, strings.coarser]),
  );
  return {
    axes: { rows: '', columns: '' },
    columns: strokes,
    rows: styles.map((style, r) => ({
      label: style,
      hint: rows.values[r]?.label ?? '',
      cells: strokes.map((stroke, c) => ({
        id: `cell-${r + 1}-${c + 1}`,
        name: fill(strings.otherCellName, { row: style, column: stroke }),
      })),
    })),
    columnHints: columns.values.map(({ label }) => label),
  };
}

/** One of three words, for a value below, at and above another. */
function compared(value = 0, base: number, [below, same, above]: readonly [string, string, string]): string {
  if (Math.abs(value / base - 1) < 0.01) return same;
  return value < base ? below : above;
}

/** The axes of the paper are told in the words of the panel, other settings in their own. */
function gridLayout(
  { rows, columns }: GridPlan,
  strings: FigureStrings,
  sees: (layer: LayerName) => string,
): FigureLayout {
  const isDepth = rows.name === 'depth';
  const isRatio = columns.name === 'ratio';
  const layersIn = (row: (typeof rows.values)[number]): readonly LayerName[] =>
    Object.keys(row.change.styleLayers ?? {}) as LayerName[];
  const hintOf = (row: (typeof rows.values)[number]): { readonly hint?: string } => {
    const [deepest] = layersIn(row).slice(-1);
    return isDepth && deepest !== undefined ? { hint: sees(deepest) } : {};
  };
  const rowLabel = (row: (typeof rows.values)[number]): string => {
    const layers = layersIn(row);
    const [deepest] = layers.slice(-1);
    if (!isDepth || deepest === undefined) return row.label;
    return layers.length === 1 ? deepest : fill(strings.upTo, { layer: deepest });
  };
  const columnLabel = (column: (typeof columns.values)[number]): string => {
    const { ratio } = column.change;
    return isRatio && ratio !== undefined ? formatPower(ratio) : column.label;
  };
  return {
    axes: { rows: isDepth ? strings.styleLayers : '', columns: isRatio ? 'α/β' : '' },
    columns: columns.values.map(columnLabel),
    rows: rows.values.map((row, r) => ({
      label: rowLabel(row),
      ...hintOf(row),
      cells: columns.values.map((column, c) => ({
        id: `cell-${r + 1}-${c + 1}`,
        name:
          isDepth && isRatio
            ? fill(strings.cellName, { layers: layersIn(row).join(', '), ratio: columnLabel(column) })
            : fill(strings.otherCellName, { row: row.label, column: column.label }),
      })),
    })),
  };
}
