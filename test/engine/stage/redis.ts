import { describe } from 'vitest';
import { redisProgram } from './redisServer';

/** `describe` for suites that need Redis: `npm test` installs it where it may; elsewhere they are counted as skipped. */
export const describeRedis =
  redisProgram !== undefined || process.env.CI === 'true' ? describe : describe.skip;
