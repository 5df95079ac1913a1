/** Runs something later; returns a function that calls it off. */
export type Schedule = (run: () => void, delayMs: number) => () => void

/** Timers of JavaScript fire at once when they are given more. */
export const longestTimer = 2 ** 31 - 1

/** By a timer of the runtime, which keeps a process alive as other timers do. */
export const schedule: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, Math.min(delayMs, longestTimer))
  return () => clearTimeout(timer)
}
