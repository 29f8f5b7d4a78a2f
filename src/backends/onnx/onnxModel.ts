import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Attribute values of the operators used here. */
export type Attribute = number | { readonly float: number } | string | readonly number[];

/** A dimension: fixed, or a name for one that is known only when the graph runs. */
export type Dimension = number | string;

// Field numbers and enum values of onnx.proto3 (ONNX IR version 8).
const IR_VERSION = 8;
const OPSETS = [
  ['', 17],
  ['com.microsoft', 1],
] as const;
const ELEMENT = { float32: 1, int64: 7 } as const;
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const;

type Emit = (writer: BinaryWriter) => void;

function message(writer: BinaryWriter, field: number, emit: Emit): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  emit(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function emitAttribute(writer: BinaryWriter, name: string, value: Attribute): void {
  text(writer, 1, name);
  if (typeof value === 'number') {
    integer(writer, 3, value);
    integer(writer, 20, ATTRIBUTE.int);
  } else if (typeof value === 'string') {
    text(writer, 4, value);
    integer(writer, 20, ATTRIBUTE.string);
  } else if ('float' in value) {
    writer.tag(2, WireType.Bit32).float(value.float);
    integer(writer, 20, ATTRIBUTE.float);
  } else {
    for (const item of value) integer(writer, 8, item);
    integer(writer, 20, ATTRIBUTE.ints);
  }
}

function emitValueInfo(writer: BinaryWriter, name: string, dimensions: readonly Dimension[]): void {
  text(writer, 1, name);
  message(writer, 2, type =>
    message(type, 1, tensor => {
      integer(tensor, 1, ELEMENT.float32);
      message(tensor, 2, shape => {
        for (const dimension of dimensions) {
          message(shape, 1, d =>
            typeof dimension === 'string' ? text(d, 2, dimension) : integer(d, 1, dimension),
          );
        }
      });
    }),
  );
}

/** Values that a graph takes as an input, the same in every run. */
export interface Given {
  readonly shape: readonly number[];
  readonly values: () => Float32Array;
}

/** An ONNX model under construction: nodes in order, constants, float32 inputs and outputs. */
export class OnnxModel {
  private readonly nodes: Emit[] = [];
  private readonly constants = new Map<string, Emit>();
  private readonly inputs: Emit[] = [];
  private readonly fixed = new Map<string, Given>();
  private readonly outputs: Emit[] = [];
  private count = 0;

  /**
   * Adds a node with one output and returns the output's name. An empty input name leaves an optional input out;
   * an operator of another domain than ONNX's is written `domain::Operator`.
   */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = `${operator}_${this.count}`,
  ): string {
    const [type = '', domain] = operator.split('::').reverse();
    const name = `n${this.count++}`;
    this.nodes.push(writer => {
      for (const input of inputs) text(writer, 1, input);
      text(writer, 2, output);
      text(writer, 3, name);
      text(writer, 4, type);
      for (const [key, value] of Object.entries(attributes)) {
        message(writer, 5, attribute => emitAttribute(attribute, key, value));
      }
      if (domain !== undefined) text(writer, 7, domain);
    });
    return output;
  }

  /** Adds a constant once per name; `values` is called only when the model is written. */
  constant(name: string, shape: readonly number[], values: () => Float32Array | BigInt64Array): string {
    if (this.constants.has(name)) return name;
    this.constants.set(name, writer => {
      const array = values();
      for (const dimension of shape) integer(writer, 1, dimension);
      integer(writer, 2, array instanceof BigInt64Array ? ELEMENT.int64 : ELEMENT.float32);
      text(writer, 8, name);
      writer.tag(9, WireType.LengthDelimited);
      writer.bytes(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    });
    return name;
  }

  /** A constant shape or index list, named by its content. */
  integers(values: readonly number[]): string {
    return this.constant(`i64:${values.join(',')}`, [values.length], () =>
      BigInt64Array.from(values, BigInt),
    );
  }

  /** A constant scalar, named by its value. */
  scalar(value: number): string {
    return this.constant(`f32:${value}`, [], () => Float32Array.of(value));
  }

  /**
   * Adds an input once per name whose values are the same in every run: like a constant, but the runtime reads the
   * caller's memory instead of a copy of its own, and does not rearrange it.
   */
  given(name: string, shape: readonly number[], values: () => Float32Array): string {
    if (this.fixed.has(name)) return name;
    this.fixed.set(name, { shape, values });
    return this.input(name, shape);
  }

  /** What `given` has added, by name. */
  get givens(): ReadonlyMap<string, Given> {
    return this.fixed;
  }

  input(name: string, shape: readonly Dimension[]): string {
    this.inputs.push(writer => emitValueInfo(writer, name, shape));
    return name;
  }

  /** Makes a value an output of the graph under its own name. */
  output(name: string, shape: readonly Dimension[]): string {
    this.outputs.push(writer => emitValueInfo(writer, name, shape));
    return name;
  }

  /** The serialized ModelProto. */
  serialize(): Uint8Array {
    const writer = new BinaryWriter();
    integer(writer, 1, IR_VERSION);
    message(writer, 7, graph => {
      for (const node of this.nodes) message(graph, 1, node);
      text(graph, 2, 'atelier');
      for (const constant of this.constants.values()) message(graph, 5, constant);
      for (const input of this.inputs) message(graph, 11, input);
      for (const output of this.outputs) message(graph, 12, output);
    });
    for (const [domain, version] of OPSETS) {
      message(writer, 8, opset => {
        text(opset, 1, domain);
        integer(opset, 2, version);
      });
    }
    return writer.finish();
  }
}
