import { describe, expect, it } from 'vitest';
import { ActiveJobs } from '../../../../src/engine/process/activeJobs';
import type { JobEvent } from '../../../../src/protocol/jobEvent';

const started = { event: 'started' } as JobEvent;
const step = { event: 'step' } as JobEvent;
const failed = { event: 'failed' } as JobEvent;

describe('the jobs that an engine has', () => {
  it('are kept in order, once each, until they come to an end', () => {
    const jobs = new ActiveJobs();
    expect([jobs.add('/a', 'job'), jobs.add('/b', 'figure'), jobs.add('/a', 'job')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(jobs.folders).toEqual(['/a', '/b']);
    jobs.recordEvent('/a', started);
    jobs.recordEvent('/a', failed);
    expect([jobs.folders, jobs.has('/a'), jobs.has('/b')]).toEqual([['/b'], false, true]);
  });

  it('are handed over to the next engine, which has begun none, with what was paused meanwhile', () => {
    const jobs = new ActiveJobs();
    jobs.add('/a', 'job');
    jobs.recordEvent('/a', started);
    expect(jobs.recordCrash(true)).toMatchObject([{ folder: '/a', begun: true, givenUp: false }]);
    const [job] = jobs.handOver();
    expect(job).toMatchObject({ folder: '/a', kind: 'job', begun: false, standingRequest: undefined });
    jobs.recordRequest({ type: 'pause', job: '/a' });
    expect(job?.standingRequest).toEqual({ type: 'pause', job: '/a' });
    jobs.recordRequest({ type: 'continue', job: '/a' });
    expect(job?.standingRequest).toBeUndefined();
  });

  it('are handed over in the order that was wished, after the one at work', () => {
    const jobs = new ActiveJobs();
    for (const folder of ['/a', '/b', '/c', '/d']) jobs.add(folder, 'job');
    jobs.recordRequest({ type: 'reorder', order: ['/d', '/a', '/b'] });
    expect(jobs.folders).toEqual(['/a', '/d', '/b', '/c']);
  });

  it('are given up after three deaths without a step between them, if they had been begun', () => {
    const jobs = new ActiveJobs();
    jobs.add('/works', 'job');
    jobs.add('/waits', 'figure');
    const die = () => {
      jobs.recordEvent('/works', started);
      const given = jobs.recordCrash(true).filter(({ givenUp }) => givenUp);
      jobs.handOver();
      return given.map(({ folder }) => folder);
    };
    expect([die(), die()]).toEqual([[], []]);
    jobs.recordEvent('/works', step);
    expect([die(), die(), die()]).toEqual([[], [], ['/works']]);
    expect(jobs.folders).toEqual(['/waits']);
  });
});
