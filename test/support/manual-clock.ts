/** A clock that starts at 0 and advances only when a test says so. */
export function createManualClock(): { readonly now: () => number; readonly advance: (ms: number) => void } {
  let time = 0
  return {
    now: () => time,
    advance: (ms) => {
      time += ms
    },
  }
}
