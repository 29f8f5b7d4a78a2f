/** Texts of the page on which a style is chosen, in English. */
export const stylePickerStrings = {
  styles: 'Styles',
  filter: 'Filter styles',
  noMatch: 'No style matches.',
  searching: 'Looking for images in the workspace…',
  found: 'Styles shown: {count}',
  browse: 'Browse…',
  tryAll: 'Try All Styles',
  cancel: 'Cancel',
  blendSeveral: 'Blend several styles',
  hint: 'Enter chooses. Escape cancels.',
  blendHint: 'Enter chooses. Space adds to the blend. Escape cancels.',
  blend: 'Blend',
  blendEmpty: 'Choose the styles to blend.',
  shareOf: 'Share of {style}',
  remove: 'Remove {style} from the blend',
  useBlend: 'Use the blend',
  each: 'One painting for each',
} as const;

export type StylePickerStrings = Readonly<Record<keyof typeof stylePickerStrings, string>>;
