/** The bytes of the heap and of buffers that are still in use. Run with `--expose-gc`. */
export function heldBytes(): number {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc')
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

export const heldMegabytes = (): number => heldBytes() / 1024 / 1024
