/** Commands of VS Code that the image editor's page carries out. Apart from its messages: activation needs no schema. */
export const EDITOR_COMMANDS = [
  ...(['zoomIn', 'zoomOut', 'fit', 'actualSize', 'copyImage'] as const),
  ...(['view:image', 'view:sideBySide', 'view:slider', 'view:onionSkin', 'view:difference'] as const),
] as const;
export type EditorCommand = (typeof EDITOR_COMMANDS)[number];
