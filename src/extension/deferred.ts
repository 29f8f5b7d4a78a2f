/**
 * What activation can do without: whatever reads job folders and recipes or talks to the engine, and the validator that
 * all of it needs. Imported as one, when the first of it is wanted: apart they would be a dozen small files to load.
 */
export { Access } from '../agents/access';
export { beginPainting } from '../agents/beginPainting';
export { callTool } from '../agents/callTool';
export { checkInput } from '../agents/checkInput';
export { evaluateApart } from '../agents/detachedPainters';
export * from '../engine/process/client';
export * from '../engine/figures/storedFigure';
export * from '../engine/process/nodeProgram';
export * from '../images/recipe';
export { findFfmpeg } from '../common/findFfmpeg';
export * from '../jobs/deletion';
export * from '../jobs/folder';
export * from '../jobs/notes';
export * from '../jobs/output';
export * from '../jobs/prune';
export * from '../jobs/recorder';
export * from '../jobs/steps';
export * from '../recipe/carriedRecipe';
export * from '../recipe/recipeFile';
export * from '../recipe/recipePaths';
export * from '../recipe/storedRecipe';
export { readFigureRequest } from '../protocol/figure';
export { readEditorRequest } from '../protocol/imageEditor';
export { readStudioRequest } from '../protocol/studio';
export { readStylePickerRequest } from '../protocol/stylePicker';
