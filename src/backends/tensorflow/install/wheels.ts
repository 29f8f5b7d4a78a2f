/** `cuda`: TensorFlow with NVIDIA's libraries; only the driver is the person's own. `cpu`: TensorFlow alone. */
export type Variant = 'cpu' | 'cuda';

/** One file of the Python package index, by its exact bytes. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** The platform tag under which pip finds it. */
  readonly platform: string;
  readonly bytes: number;
  /** Of the files that are kept, see `KEPT`. */
  readonly unpackedBytes: number;
  readonly sha256: string;
}

export const TENSORFLOW_VERSION = '2.21.0';

/**
 * The libraries are the same for every Python, so one file serves all: nobody needs the Python that a wheel is for.
 */
export const WHEEL_PYTHON = '3.12';

/**
 * What is taken out of the wheels, as a Python regular expression over paths: TensorFlow's two libraries, the
 * headers that its C interface includes, NVIDIA's libraries, and all licences.
 */
export const KEPT =
  '^tensorflow/(libtensorflow_(cc|framework)[.]so[.]2$|include/(tensorflow/(c/|core/platform/ctstring)' +
  '|tsl/platform/ctstring|xla/tsl/c/))|^nvidia/|[.]dist-info/(METADATA|licenses/|LICENSE|License)';

const TENSORFLOW_CPU: Wheel = {
  name: 'tensorflow-cpu',
  version: TENSORFLOW_VERSION,
  platform: 'manylinux_2_27_x86_64',
  bytes: 274_000_871,
  unpackedBytes: 853_873_344,
  sha256: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
};

/**
 * `tensorflow[and-cuda]`, each version within what TensorFlow asks for. cuDNN 9.10 is the last for cards before Turing.
 * Left out is what TensorFlow does not open to compute on one card: NCCL (several cards), CUPTI (profiles), cuRAND.
 */
const TENSORFLOW_CUDA: readonly Wheel[] = [
  {
    name: 'tensorflow',
    version: TENSORFLOW_VERSION,
    platform: 'manylinux_2_27_x86_64',
    bytes: 572_611_111,
    unpackedBytes: 1_259_585_484,
    sha256: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
  },
  {
    name: 'nvidia-cublas-cu12',
    version: '12.9.3.13',
    platform: 'manylinux_2_27_x86_64',
    bytes: 581_217_458,
    unpackedBytes: 855_722_895,
    sha256: 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
  },
  {
    name: 'nvidia-cuda-nvcc-cu12',
    version: '12.9.86',
    platform: 'manylinux_2_12_x86_64',
    bytes: 40_546_229,
    unpackedBytes: 98_953_798,
    sha256: '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
  },
  {
    name: 'nvidia-cuda-nvrtc-cu12',
    version: '12.9.86',
    platform: 'manylinux_2_12_x86_64',
    bytes: 89_568_129,
    unpackedBytes: 227_448_281,
    sha256: '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
  },
  {
    name: 'nvidia-cuda-runtime-cu12',
    version: '12.9.79',
    platform: 'manylinux_2_17_x86_64',
    bytes: 3_493_179,
    unpackedBytes: 9_608_329,
    sha256: '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
  },
  {
    name: 'nvidia-cudnn-cu12',
    version: '9.10.2.21',
    platform: 'manylinux_2_27_x86_64',
    bytes: 706_758_467,
    unpackedBytes: 1_053_622_082,
    sha256: '949452be657fa16687d0930933f032835951ef0892b37d2d53824d1a84dc97a8',
  },
  {
    name: 'nvidia-cufft-cu12',
    version: '11.4.1.4',
    platform: 'manylinux_2_17_x86_64',
    bytes: 200_877_592,
    unpackedBytes: 293_720_711,
    sha256: 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
  },
  {
    name: 'nvidia-cusolver-cu12',
    version: '11.7.5.82',
    platform: 'manylinux_2_27_x86_64',
    bytes: 338_117_415,
    unpackedBytes: 495_295_075,
    sha256: '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
  },
  {
    name: 'nvidia-cusparse-cu12',
    version: '12.5.10.65',
    platform: 'manylinux_2_17_x86_64',
    bytes: 366_465_088,
    unpackedBytes: 486_916_780,
    sha256: '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
  },
  {
    name: 'nvidia-nvjitlink-cu12',
    version: '12.9.86',
    platform: 'manylinux_2_12_x86_64',
    bytes: 39_748_338,
    unpackedBytes: 96_013_805,
    sha256: 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
  },
];

/** What an installation of the variant fetches, in this order. */
export function wheelsOf(variant: Variant): readonly Wheel[] {
  return variant === 'cpu' ? [TENSORFLOW_CPU] : TENSORFLOW_CUDA;
}

/** Bytes that an installation of the variant fetches. */
export function downloadBytes(variant: Variant): number {
  return wheelsOf(variant).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes that an installation of the variant takes on the disk when it is done. */
export function installedBytes(variant: Variant): number {
  return wheelsOf(variant).reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
}
