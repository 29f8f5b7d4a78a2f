import * as path from 'node:path';

/** The first network that was called lite: values that were computed with it hold the code to what it gave. */
export const firstEdition = path.join(__dirname, 'lite-1.safetensors');
