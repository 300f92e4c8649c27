/** Files that the bundler keeps as they are. */
declare module '*.bin' {
  const bytes: ArrayBuffer
  export default bytes
}
