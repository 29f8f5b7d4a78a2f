import type { OnnxModel } from './onnxModel';

/** Operations on matrices and scalars as nodes of an ONNX graph; all of them are names of graph values. */
export class MatrixRecorder {
  constructor(protected readonly model: OnnxModel) {}

  subtractMatrix(a: string, b: string): string {
    return this.model.node('Sub', [a, b]);
  }

  matMul(a: string, b: string, transposed: { readonly a?: boolean; readonly b?: boolean } = {}): string {
    return this.model.node('Gemm', [a, b], {
      transA: transposed.a === true ? 1 : 0,
      transB: transposed.b === true ? 1 : 0,
    });
  }

  hadamard(a: string, b: string): string {
    return this.model.node('Mul', [a, b]);
  }

  scaleMatrix(x: string, factor: number): string {
    return this.model.node('Mul', [x, this.model.scalar(factor)]);
  }

  timesScalar(x: string, factor: string): string {
    return this.model.node('Mul', [x, factor]);
  }

  overScalar(x: string, divisor: string): string {
    return this.model.node('Div', [x, divisor]);
  }

  sumSquaresMatrix(x: string): string {
    return this.total(x);
  }

  sumProducts(a: string, b: string): string {
    const rows = this.model.node('ReduceSum', [this.hadamard(a, b), this.model.integers([-1])], {
      keepdims: 0,
    });
    return this.model.node('ReduceSum', [rows], { keepdims: 0 });
  }

  addScalars(a: string, b: string): string {
    return this.model.node('Add', [a, b]);
  }

  squareRoot(x: string): string {
    return this.model.node('Sqrt', [x]);
  }

  /** Sum of squares in two steps, rows first: a single float32 sum over millions of values loses digits. */
  protected total(name: string): string {
    return sumOfSquares(this.model, name);
  }
}

/** Σ x², along the rows first, where most of a map is. */
export function sumOfSquares(model: OnnxModel, name: string): string {
  const rows = model.node('ReduceSumSquare', [name], { axes: [-1], keepdims: 0 });
  return model.node('ReduceSum', [rows], { keepdims: 0 });
}
