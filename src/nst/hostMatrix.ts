import type { MatrixOps } from './ops';
import type { HostMatrix } from './terms/kind';

/** Algebra of small matrices on the host, in double precision. */
export class HostMatrixOps implements MatrixOps<HostMatrix, number> {
  subtractMatrix(a: HostMatrix, b: HostMatrix): HostMatrix {
    return elementwise(a, b, (x, y) => x - y);
  }

  matMul(
    a: HostMatrix,
    b: HostMatrix,
    { a: first = false, b: second = false }: { readonly a?: boolean; readonly b?: boolean } = {},
  ): HostMatrix {
    const [left, right] = [first ? transposed(a) : a, second ? transposed(b) : b];
    const { rows, columns: inner } = left;
    const { columns } = right;
    const values = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < inner; k++) {
        const x = left.values[i * inner + k]!;
        for (let j = 0; j < columns; j++) values[i * columns + j]! += x * right.values[k * columns + j]!;
      }
    }
    return { rows, columns, values };
  }

  hadamard(a: HostMatrix, b: HostMatrix): HostMatrix {
    return elementwise(a, b, (x, y) => x * y);
  }

  scaleMatrix({ rows, columns, values }: HostMatrix, factor: number): HostMatrix {
    return { rows, columns, values: Float64Array.from(values, value => factor * value) };
  }

  timesScalar(x: HostMatrix, factor: number): HostMatrix {
    return this.scaleMatrix(x, factor);
  }

  overScalar(x: HostMatrix, divisor: number): HostMatrix {
    return this.scaleMatrix(x, 1 / divisor);
  }

  sumProducts(a: HostMatrix, b: HostMatrix): number {
    let sum = 0;
    for (const product of this.hadamard(a, b).values) sum += product;
    return sum;
  }

  addScalars(a: number, b: number): number {
    return a + b;
  }

  squareRoot(x: number): number {
    return Math.sqrt(x);
  }

  sumSquaresMatrix({ values }: HostMatrix): number {
    let sum = 0;
    for (const value of values) sum += value ** 2;
    return sum;
  }
}

function transposed({ rows, columns, values }: HostMatrix): HostMatrix {
  const turned = new Float64Array(values.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) turned[j * rows + i] = values[i * columns + j]!;
  return { rows: columns, columns: rows, values: turned };
}

function elementwise(a: HostMatrix, b: HostMatrix, combine: (x: number, y: number) => number): HostMatrix {
  const values = new Float64Array(a.values.length);
  for (let i = 0; i < values.length; i++) values[i] = combine(a.values[i]!, b.values[i]!);
  return { rows: a.rows, columns: a.columns, values };
}
