/** The words of libraries, drivers and Node for memory that is used up, the process's or a card's. */
const WORDS: readonly string[] = [
  ...['out of memory', 'failed to allocate', 'could not allocate', 'cannot allocate', 'allocation failed'],
  // An allocation in C++.
  ...['bad_alloc', 'bad allocation'],
  // Node, of a buffer that is larger than any may be.
  'ERR_BUFFER_TOO_LARGE',
  // TensorFlow's allocator and Dawn.
  ...['\\bOOM\\b', 'RESOURCE_EXHAUSTED', 'OUT_OF_MEMORY'],
  // TensorFlow, where none of cuDNN's algorithms had room for its working memory.
  'No algorithm worked',
  // cuDNN and cuBLAS, whose handles need memory of their own.
  ...['CUDNN_STATUS_ALLOC_FAILED', 'CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED'],
  'CUBLAS_STATUS_ALLOC_FAILED',
];

const pattern = new RegExp(WORDS.join('|'), 'i');

/** Whether an error of a library says that memory is used up. */
export function isOutOfMemory(message: string): boolean {
  return pattern.test(message);
}
