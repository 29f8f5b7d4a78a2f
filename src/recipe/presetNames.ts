import { msg, type Message } from '../common/messages';

export const PRESETS = ['studio', 'lineart', 'paper', 'article', 'preview'] as const;

/** A set of values for all that a recipe leaves open. */
export type PresetName = (typeof PRESETS)[number];

interface PresetTexts {
  readonly title: Message;
  /** A few words, where presets are chosen from. */
  readonly summary: Message;
  /** A sentence, while settings and recipes are written. */
  readonly description: string;
}

/** What people are told of a preset, in the order in which presets are offered. */
export const presetTexts: Readonly<Record<PresetName, PresetTexts>> = {
  /** Atelier's own settings, chosen by looking at many pairs of pictures (bench/defaults.md). */
  studio: {
    title: msg`Balanced`,
    summary: msg`Good paintings on any machine`,
    description: 'Layers, strengths and sizes chosen for good paintings on any machine.',
  },
  /** Less smoothing keeps ink dark (bench/lineart.md). */
  lineart: {
    title: msg`Line Art`,
    summary: msg`Sketches, ink drawings and prints: fine lines stay`,
    description: 'For sketches, ink drawings and prints, as content or style: fine lines stay in place.',
  },
  /** A quick look. */
  preview: {
    title: msg`Preview`,
    summary: msg`Small and quick, to try a style`,
    description: 'Small and quick, for trying a style.',
  },
  /** Gatys et al. 2015: literal sums, average pooling, white noise, one scale, no image prior. */
  paper: {
    title: msg`Paper`,
    summary: msg`Gatys, Ecker and Bethge: white noise, average pooling, L-BFGS`,
    description: 'The settings of Gatys, Ecker and Bethge: white noise, average pooling, L-BFGS.',
  },
  /** The article's PyTorch program: content and style at the same five layers before the activation, Adam. */
  article: {
    title: msg`Article`,
    summary: msg`The well-known PyTorch program: five layers before activation, Adam`,
    description: 'The settings of the well-known PyTorch program: five layers before activation, Adam.',
  },
};
