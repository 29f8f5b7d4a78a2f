import { randomBytes } from 'node:crypto';

/** A new identifier; sorts by time. */
export function newJobId(now: Date): string {
  const [day = '', time = ''] = now.toISOString().replace(/[-:Z]/g, '').split('T');
  return `${day}-${time.replace('.', '-')}-${randomBytes(2).toString('hex')}`;
}

/** Whether a name is the identifier of a job, as only Atelier gives it: 20250131-120000-000-1a2b. */
export function isJobId(name: string): boolean {
  return /^\d{8}-\d{6}-\d{3}-[0-9a-f]{4}$/.test(name);
}
