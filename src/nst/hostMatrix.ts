import type { MatrixOps } from './ops';
import type { HostMatrix } from './terms/kind';

/** Algebra of small matrices on the host, in double precision. */
export class HostMatrixOps implements MatrixOps<HostMatrix, number> {
  subtractMatrix(a: HostMatrix, b: HostMatrix): HostMatrix {
    return elementwise(a, b, (x, y) => x - y);
  }

  sumSquaresMatrix({ values }: HostMatrix): number {
    let sum = 0;
    for (const value of values) sum += value ** 2;
    return sum;
  }
}

function elementwise(a: HostMatrix, b: HostMatrix, combine: (x: number, y: number) => number): HostMatrix {
  const values = new Float64Array(a.values.length);
  for (let i = 0; i < values.length; i++) values[i] = combine(a.values[i]!, b.values[i]!);
  return { rows: a.rows, columns: a.columns, values };
}
