import { AtelierError } from '../../../src/common/errors';

/** What an action refuses to do. */
export function problem(action: () => unknown): AtelierError {
  try {
    action();
  } catch (error) {
    if (error instanceof AtelierError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
