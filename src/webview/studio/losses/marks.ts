import type uPlot from 'uplot';

/** Dashed vertical lines with a small triangle on top, where the run was retuned. */
export function drawMarks(plot: uPlot, positions: readonly number[], colour: string): void {
  const { ctx, bbox } = plot;
  const pixel = window.devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = pixel;
  for (const position of positions) {
    const x = Math.round(plot.valToPos(position, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.setLineDash([3 * pixel, 3 * pixel]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - 4 * pixel, bbox.top);
    ctx.lineTo(x + 4 * pixel, bbox.top);
    ctx.lineTo(x, bbox.top + 6 * pixel);
    ctx.fill();
  }
  ctx.restore();
}
