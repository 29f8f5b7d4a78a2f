/** The files of a job, relative to its folder. */
export const jobFiles = {
  recipe: 'recipe.json',
  job: 'job.json',
  steps: 'steps.ndjson',
  frames: 'frames',
  checkpoint: 'checkpoint.safetensors',
  result: 'result.png',
  lock: 'lock.json',
  notes: 'notes.json',
} as const;
