/** What a run begins from: its content, white noise, or another image. */
export type Init = 'content' | 'noise' | 'image';
