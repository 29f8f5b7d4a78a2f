import * as fs from 'node:fs';
import { writeAtomically } from '../../../common/atomicFile';
import type { DocumentRegion, MaskFile, RegionFiles } from './documentRegion';

/** As JSON holds it: bytes in base64. */
interface Stored {
  readonly recipe?: string;
  readonly regions: readonly (Omit<DocumentRegion, 'mask'> & { readonly mask?: string })[];
  readonly masks: readonly (readonly [string, { readonly file: string; readonly bytes: string }])[];
}

/** Writes regions with what is known of their files, for when VS Code opens again. */
export function writeBackup(file: string, regions: readonly DocumentRegion[], files: RegionFiles): void {
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const stored: Stored = {
    ...(files.recipe === undefined ? {} : { recipe: files.recipe }),
    regions: regions.map(({ mask, ...region }) =>
      mask === undefined ? region : { ...region, mask: encode(mask) },
    ),
    masks: [...files.masks].map(([id, { file, bytes }]) => [id, { file, bytes: encode(bytes) }]),
  };
  writeAtomically(file, JSON.stringify(stored));
}

export function readBackup(file: string): {
  readonly regions: readonly DocumentRegion[];
  readonly files: RegionFiles;
} {
  const { recipe, regions, masks } = JSON.parse(fs.readFileSync(file, 'utf8')) as Stored;
  const decode = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
  return {
    regions: regions.map(({ mask, ...region }) => ({
      ...region,
      mask: mask === undefined ? undefined : decode(mask),
    })),
    files: {
      recipe,
      masks: new Map(
        masks.map(([id, { file, bytes }]): [string, MaskFile] => [id, { file, bytes: decode(bytes) }]),
      ),
    },
  };
}
