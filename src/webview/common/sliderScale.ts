/** How a slider's position from 0 to 1 stands for a value, and how people write the value. */
export interface SliderScale {
  readonly toValue: (position: number) => number;
  readonly toPosition: (value: number) => number;
  readonly format: (value: number) => string;
  /** Undefined when the text is no value. */
  readonly parse: (text: string) => number | undefined;
}
