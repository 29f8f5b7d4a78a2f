/** Waits for something, but not for ever. What it came to does not count. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>(resolve => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work.catch(() => undefined), tooLong]);
  clearTimeout(timer);
}
