/**
 * TensorFlow's CPU build has planar convolutions from oneDNN alone, which it turns on by itself only on processors with
 * AVX-512; on others they take minutes where the network is large. To be called before the addon is loaded.
 */
export function turnOnPlanar(): void {
  process.env.TF_ENABLE_ONEDNN_OPTS = '1';
}
