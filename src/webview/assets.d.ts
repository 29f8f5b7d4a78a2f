/** Files that esbuild puts into the bundle as text (`with { type: 'text' }`). */
declare module '*.svg' {
  const text: string;
  export default text;
}
declare module '*.min.css' {
  const text: string;
  export default text;
}
/** Style sheets of the page, bundled beside the script. */
declare module '*.css';
