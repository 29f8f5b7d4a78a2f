/**
 * Puts a picture on the clipboard as a PNG; the extension host's clipboard takes only text.
 * @throws when the picture cannot be loaded or the browser refuses
 */
export async function copyPicture(uri: string): Promise<void> {
  const image = new Image();
  // Without it the canvas is tainted, since resources come from another origin than the page.
  image.crossOrigin = 'anonymous';
  image.src = uri;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const png = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob(blob => (blob === null ? reject(new Error('no PNG')) : resolve(blob)), 'image/png');
  });
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}
