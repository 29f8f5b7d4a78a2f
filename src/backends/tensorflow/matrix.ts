/** A matrix on the host, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export function identity(side: number): Matrix {
  const values = new Float32Array(side * side);
  for (let i = 0; i < side; i++) values[i * side + i] = 1;
  return { rows: side, columns: side, values };
}

/** Ones. */
export function filled(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float32Array(rows * columns).fill(1) };
}

/** a ⊗ b: each value of a times the whole of b. */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  const [rows, columns] = [a.rows * b.rows, a.columns * b.columns];
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const [p, q] = [Math.floor(row / b.rows), row % b.rows];
    for (let column = 0; column < columns; column++) {
      const [r, s] = [Math.floor(column / b.columns), column % b.columns];
      values[row * columns + column] = a.values[p * a.columns + r]! * b.values[q * b.columns + s]!;
    }
  }
  return { rows, columns, values };
}
