/** What a queue over Redis is made with: a bundle of its own, which is loaded with the first of them. */
export { Queue, QueueEvents, UnrecoverableError, WaitingError, Worker } from 'bullmq';
export type { Job } from 'bullmq';
export { Redis } from 'ioredis';
export type { Redis as RedisClient } from 'ioredis';
