/**
 * The packages that are made. `onnx`: the folder of onnxruntime-node's binaries, absent where it has none and
 * the product computes on wasm; `sharp`: the packages that hold sharp's binary and libvips.
 */
export const targets = {
  'linux-x64': { onnx: 'linux/x64', sharp: ['sharp-linux-x64', 'sharp-libvips-linux-x64'] },
  'linux-arm64': { onnx: 'linux/arm64', sharp: ['sharp-linux-arm64', 'sharp-libvips-linux-arm64'] },
  'win32-x64': { onnx: 'win32/x64', sharp: ['sharp-win32-x64'] },
  'win32-arm64': { onnx: 'win32/arm64', sharp: ['sharp-win32-arm64'] },
  'darwin-arm64': { onnx: 'darwin/arm64', sharp: ['sharp-darwin-arm64', 'sharp-libvips-darwin-arm64'] },
  'darwin-x64': { sharp: ['sharp-darwin-x64', 'sharp-libvips-darwin-x64'] },
  universal: { sharp: ['sharp-wasm32', '@emnapi/runtime', 'tslib'] },
};

/** The target that runs on this machine natively, else the universal one. */
export const ownTarget = () => {
  const own = `${process.platform}-${process.arch}`;
  return own in targets ? own : 'universal';
};
