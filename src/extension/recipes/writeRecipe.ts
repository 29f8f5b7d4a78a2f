import { promises as fs } from 'node:fs';
import * as vscode from 'vscode';
import { writeFailed } from '../../common/fileError';
import { RECIPE_ENDING } from './recipeStore';

/** The name that a person meant who typed an ending to which VS Code has added another: "sunset.json.atelier.json". */
export function withOneEnding(file: string): string {
  return file.replace(/(?<=[^/\\])(?:(?:\.atelier)?\.json)*$/i, '') + RECIPE_ENDING;
}

/**
 * Writes a recipe where the person wants it. VS Code has asked before it replaces the file that was named, and no other
 * one is replaced.
 * @returns where it was written
 * @throws `write-failed`
 */
export async function writeRecipe(target: vscode.Uri, text: string): Promise<vscode.Uri> {
  const file = withOneEnding(target.fsPath);
  try {
    await fs.writeFile(file, text, { flag: file === target.fsPath ? 'w' : 'wx' });
  } catch (error) {
    throw writeFailed(file, error);
  }
  return vscode.Uri.file(file);
}
