import * as z from 'zod';
import type { Losses } from '../nst/objective';
import { ungrouped, type ByTerm } from '../nst/terms/term';

const number = z
  .number()
  .nullable()
  .transform(value => value ?? NaN);
const numbers = z.record(z.string(), number);

/** Values of terms as a job's files hold them: by the term's id, or, in older ones, by layer within groups. */
export const byTerm: z.ZodType<ByTerm> = z.union([
  z.strictObject({ content: numbers, style: numbers, tv: number }).transform(ungrouped),
  numbers,
]);

const older = z.object({ content: numbers, style: numbers, tv: number, total: number });

/** Losses as a job's files hold them. */
export const storedLosses: z.ZodType<Losses> = z.union([
  z.object({ terms: numbers, total: number }),
  older.transform(({ total, ...groups }) => ({ terms: ungrouped(groups), total })),
]);
