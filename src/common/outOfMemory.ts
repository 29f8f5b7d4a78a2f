/**
 * The words of libraries and drivers for memory that is used up, the process's or a card's: TensorFlow's allocator, Dawn,
 * cuDNN and cuBLAS, whose handles need memory of their own, and an allocation in C++. TensorFlow says that no algorithm
 * worked when none of cuDNN's had room for its working memory.
 */
const WORDS =
  /\bOOM\b|OOM when allocating|RESOURCE_EXHAUSTED|OUT_OF_MEMORY|out of memory|bad_alloc|bad allocation|failed to allocate|allocation failed|cannot allocate|No algorithm worked|CUDNN_STATUS_ALLOC_FAILED|CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED|CUBLAS_STATUS_ALLOC_FAILED/i;

/** Whether an error of a library says that memory is used up. */
export function isOutOfMemory(message: string): boolean {
  return WORDS.test(message);
}
