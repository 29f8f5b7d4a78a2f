import type { Tensor } from '@tensorflow/tfjs-core';

/** A value of a program: given to it, or computed by one of its instructions. */
export type Slot = number;

interface Instruction {
  readonly compute: (...inputs: Tensor[]) => Tensor;
  readonly inputs: readonly Slot[];
  readonly output: Slot;
}

/**
 * A computation written down once and carried out many times. What it computes on the way is freed after its last
 * use, so that little more is in memory than what the way back still needs.
 */
export class Program {
  private readonly instructions: Instruction[] = [];
  private readonly given = new Set<Slot>();
  private slots = 0;
  private lastUse: ReadonlyMap<Instruction, readonly Slot[]> | undefined;

  /** A value that is given with every run. */
  input(): Slot {
    this.given.add(this.slots);
    return this.slots++;
  }

  add(inputs: readonly Slot[], compute: Instruction['compute']): Slot {
    this.lastUse = undefined;
    const output = this.slots++;
    this.instructions.push({ compute, inputs, output });
    return output;
  }

  /**
   * Carries out all instructions.
   * @param given a tensor for each input, which stays the caller's
   * @returns the tensors of `outputs`, which become the caller's; no input may be among them
   */
  run(given: ReadonlyMap<Slot, Tensor>, outputs: readonly Slot[]): Tensor[] {
    const lastUse = (this.lastUse ??= this.findLastUses(outputs));
    const values: (Tensor | undefined)[] = new Array<undefined>(this.slots).fill(undefined);
    for (const [slot, tensor] of given) values[slot] = tensor;
    try {
      for (const instruction of this.instructions) {
        values[instruction.output] = instruction.compute(
          ...instruction.inputs.map(slot => known(values[slot])),
        );
        for (const slot of lastUse.get(instruction) ?? []) {
          known(values[slot]).dispose();
          values[slot] = undefined;
        }
      }
    } catch (error) {
      values.forEach((tensor, slot) => this.given.has(slot) || tensor?.dispose());
      throw error;
    }
    return outputs.map(slot => known(values[slot]));
  }

  /** The slots that no instruction after this one reads, and nobody outside. */
  private findLastUses(outputs: readonly Slot[]): Map<Instruction, Slot[]> {
    const kept = new Set([...this.given, ...outputs]);
    const seen = new Set<Slot>();
    const lastUse = new Map<Instruction, Slot[]>();
    for (const instruction of [...this.instructions].reverse()) {
      const ending = new Set([instruction.output, ...instruction.inputs]);
      const last = [...ending].filter(slot => !seen.has(slot) && !kept.has(slot));
      last.forEach(slot => seen.add(slot));
      lastUse.set(instruction, last);
    }
    return lastUse;
  }
}

function known(tensor: Tensor | undefined): Tensor {
  if (tensor === undefined)
    throw new RangeError('a value is read before it is computed, or after its last use');
  return tensor;
}
