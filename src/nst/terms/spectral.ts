/** Vᵀ diag(values) V, with eigenvectors as rows. */
export function spectral(values: Float64Array, vectors: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const x = values[k]! * vectors[k * n + i]!;
      for (let j = 0; j < n; j++) result[i * n + j]! += x * vectors[k * n + j]!;
    }
  }
  return result;
}
