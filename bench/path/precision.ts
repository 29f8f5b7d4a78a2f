// Whether half precision makes convolutions of the CPU backend faster: three of 64 channels at 256², one thread, in turn.
// Command: npx tsx bench/path/precision.ts   (prints the line of bench/path.md)
import { OnnxModel } from '../../src/backends/onnx/onnxModel';
import { loadRuntime, sessionOptions } from '../../src/backends/onnx/runtime';
import { Random } from '../../src/nst/random';
import { spreadOf } from '../peers/statistics';

const CHANNELS = 64;
const SIDE = 256;
const ROUNDS = 15;

// Values of TensorProto.DataType of onnx.proto3.
const TYPES = { float: 1, half: 10 } as const;

function convolutions(type: number): Uint8Array {
  const model = new OnnxModel();
  const random = Random.seeded(1);
  const cast = (value: string, to: number) => model.node('Cast', [value], { to });
  const kernelShape = [CHANNELS, CHANNELS, 3, 3];
  const count = kernelShape.reduce((product, side) => product * side, 1);
  const kernel = model.constant('kernel', kernelShape, () =>
    Float32Array.from({ length: count }, () => 0.04 * random.normals()[0]),
  );
  const shape = [1, CHANNELS, SIDE, SIDE];
  let value = cast(model.input('x', shape), type);
  const weights = cast(kernel, type);
  for (let i = 0; i < 3; i++) value = model.node('Conv', [value, weights], { pads: [1, 1, 1, 1] });
  model.node('Cast', [value], { to: TYPES.float }, 'y');
  model.output('y', shape);
  return model.serialize();
}

async function main(): Promise<void> {
  const runtime = await loadRuntime('cpu', 1);
  const sessions = await Promise.all(
    Object.values(TYPES).map(type =>
      runtime.InferenceSession.create(convolutions(type), sessionOptions('cpu', 1)),
    ),
  );
  const data = Float32Array.from({ length: CHANNELS * SIDE * SIDE }, (_, i) => Math.sin(i));
  const x = new runtime.Tensor('float32', data, [1, CHANNELS, SIDE, SIDE]);
  const times = sessions.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, session] of sessions.entries()) {
      const begin = performance.now();
      await session.run({ x });
      times[i]!.push(performance.now() - begin);
    }
  const [float, half] = times as [number[], number[]];
  const { median, least, most } = spreadOf(half.map((ms, round) => ms / float[round]!));
  console.log(
    `half precision / single: ${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)}) of the time`,
  );
}

void main();
