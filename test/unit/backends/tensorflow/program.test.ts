import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Program } from '../../../../src/backends/tensorflow/program';

/** A stand-in for a tensor that knows whether it lives. */
class Value {
  alive = true;
  constructor(
    readonly number: number,
    living: Set<Value>,
  ) {
    living.add(this);
    this.dispose = () => {
      if (!this.alive) throw new Error('disposed twice');
      this.alive = false;
      living.delete(this);
    };
  }
  readonly dispose: () => void;
}

const numberOf = (tensor: Tensor | undefined): number => {
  const value = tensor as unknown as Value;
  if (!value.alive) throw new Error('read after its end');
  return value.number;
};

describe('a program', () => {
  const living = new Set<Value>();
  const value = (number: number): Tensor => new Value(number, living) as unknown as Tensor;

  it('frees what it computes on the way after its last use, and nothing else', () => {
    living.clear();
    const program = new Program();
    const x = program.input();
    let most = 0;
    const plus = (slot: number, amount: number): number =>
      program.add([slot], a => {
        const sum = value(numberOf(a) + amount);
        most = Math.max(most, living.size);
        return sum;
      });
    const chain = [1, 2, 3, 4].reduce((slot, amount) => plus(slot, amount), x);
    const unused = plus(chain, 100);
    const end = program.add([chain, x], (a, b) => value(numberOf(a) * numberOf(b)));
    expect(unused).not.toBe(end);
    const given = value(5);
    for (let run = 0; run < 3; run++) {
      const [result] = program.run(new Map([[x, given]]), [end]);
      expect(numberOf(result)).toBe(75);
      expect(living.size).toBe(2);
      result!.dispose();
    }
    // The input, one value being read and one being made.
    expect(most).toBe(3);
    expect(numberOf(given)).toBe(5);
  });

  it('frees everything of a run that fails', () => {
    living.clear();
    const program = new Program();
    const x = program.input();
    const kept = program.add([x], a => value(numberOf(a) + 1));
    const broken = program.add([kept], () => {
      throw new Error('OOM when allocating');
    });
    const given = value(1);
    expect(() => program.run(new Map([[x, given]]), [kept, broken])).toThrow('OOM');
    expect([...living]).toEqual([given]);
  });
});
