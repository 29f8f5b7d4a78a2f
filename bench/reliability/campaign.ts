import type { Tally } from './tally';

/** What one trial did, and what was wrong about how it went. */
export interface Trial {
  /** Row of the table. */
  readonly kind: string;
  /** What happened that must not; absent when all went as it has to. */
  readonly fault?: string;
}

/** Many seeded trials of one promise. */
export interface Campaign {
  /** Prepares what all trials share. */
  open(): Promise<void>;
  /** One trial, which depends on nothing but its seed. A rejection is a fault as well. */
  attempt(seed: number): Promise<Trial>;
  /** Ends every process and removes every file; returns what was wrong about that. */
  close(): Promise<readonly string[]>;
}

/** Which trials are made: seeds from `seed` on. */
export interface Selection {
  readonly seed: number;
  /** Whether another trial is wanted, after so many. */
  readonly goesOn: (made: number) => boolean;
}

/** Makes the trials one after another and counts them. */
export async function runCampaign(
  campaign: Campaign,
  { seed, goesOn }: Selection,
  tally: Tally,
): Promise<void> {
  try {
    await campaign.open();
    for (let made = 0; goesOn(made); made++) tally.count(seed + made, await attempted(campaign, seed + made));
  } finally {
    for (const fault of await campaign.close()) tally.count(seed, { kind: 'afterwards', fault });
  }
}

async function attempted(campaign: Campaign, seed: number): Promise<Trial> {
  try {
    return await campaign.attempt(seed);
  } catch (error) {
    return { kind: 'trials that did not end', fault: error instanceof Error ? error.message : String(error) };
  }
}
