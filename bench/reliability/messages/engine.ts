import * as path from 'node:path';
import { readRequest } from '../../../src/protocol/engine';
import { readJob } from '../../../src/jobs/folder';
import type { Trial } from '../campaign';
import { Chance } from '../chance';
import { SmallWorkshop } from '../smallWorkshop';
import { faultOfText } from '../sentence';
import { hostileRequest, newJob, settingsOf } from './requests';
import { Wire } from './wire';

/** Trials after which another job takes the place of the one that they are about. */
const TRIALS_A_JOB = 40;

/** The engine as it is told things by somebody who is not its supervisor. */
export class HostileParent {
  private readonly workshop = new SmallWorkshop();
  private wire!: Wire;
  private job = '';
  private jobs: string[] = [];
  private made = 0;
  private id = 1;

  async open(): Promise<void> {
    await this.workshop.open();
    this.start();
  }

  /** Sends one hostile message; the engine has to be as it was before. */
  async attempt(seed: number): Promise<Trial> {
    if (this.made++ % TRIALS_A_JOB === 0) this.jobs.push((this.job = newJob(this.workshop)));
    const { workshop, wire } = this;
    wire.forget();
    const { kind, message } = hostileRequest(new Chance(seed), workshop, this.job, ++this.id);
    const trial = { kind: `engine: ${kind}` };
    wire.send(message);
    try {
      const request = readRequest(message);
      if (request !== undefined) await wire.ask({ ...request });
      await this.checkHealth();
    } catch (error) {
      if (!wire.isAlive) this.start();
      return {
        ...trial,
        fault: `${error instanceof Error ? error.message : String(error)} after ${show(message)}`,
      };
    }
    const fault = this.faultOfReplies();
    return { ...trial, ...(fault === undefined ? {} : { fault: `${fault} to ${show(message)}` }) };
  }

  async close(): Promise<readonly string[]> {
    await this.wire.close();
    const faults = this.wire.end === 'exit code 0, signal none' ? [] : [`the engine ended: ${this.wire.end}`];
    for (const job of this.jobs) {
      try {
        readJob(job);
      } catch (error) {
        faults.push(
          `${path.basename(job)} is lost: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    faults.push(...this.workshop.processes().map(pid => `process ${pid} is left`));
    await this.workshop.close();
    return faults;
  }

  private start(): void {
    this.wire = new Wire(this.workshop.engineEntry, this.workshop.folder);
  }

  /** A request as any other is answered, and rightly. */
  private async checkHealth(): Promise<void> {
    const { workshop, wire } = this;
    // What is looked at is studied without end.
    wire.send({ type: 'watchInsights', id: ++this.id, job: this.job, kind: 'none' });
    await wire.ask({ type: 'hello', id: ++this.id, settings: settingsOf(workshop) });
    const reply = await wire.ask({ type: 'inspect', id: ++this.id, image: workshop.at('content.png') });
    if (reply.type !== 'reply' || (reply.value as { width?: unknown }).width !== 40)
      throw new Error(`a healthy question is answered ${show(reply)}`);
  }

  private faultOfReplies(): string | undefined {
    const { wire, workshop } = this;
    if (wire.strange.length > 0) return `no message of an engine: ${show(wire.strange[0])}`;
    for (const reply of wire.replies()) {
      if (reply.type === 'reply') continue;
      const { code, message, next } = reply.error;
      if (code === 'internal') return `the reply is no sentence: ${message}`;
      const fault = faultOfText(`${message} ${next ?? ''}`, [workshop.folder]);
      if (fault !== undefined) return `the reply ${fault}`;
    }
    return undefined;
  }
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 300);
}
