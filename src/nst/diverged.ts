/** The objective stayed infinite or undefined however short the step: nothing left to try. */
export class DivergedError extends Error {
  constructor() {
    super('The loss became infinite or undefined and did not recover with shorter steps.');
    this.name = 'DivergedError';
  }
}
