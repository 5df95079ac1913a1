/** Something to time: runs its work `count` times. */
export type Work = (count: number) => void | Promise<void>

/** One row of the table. */
export interface Comparison {
  readonly name: string
  /** What is measured, and the bare operation that it is held against. */
  readonly ours: Work
  readonly bare: Work
  /** The highest ratio that is good enough. */
  readonly target: number
}

/** What a comparison came to: medians over all rounds. */
export interface Measured {
  readonly name: string
  readonly ratio: number
  readonly oursMicroseconds: number
  readonly bareMicroseconds: number
  readonly target: number
}

const rounds = 61
const roundMilliseconds = 15

/**
 * How much longer ours takes than the bare operation: both run in turn, round by round, and the median of the rounds'
 * ratios counts, so that a machine that is slow for a while slows both.
 */
export async function measure({ name, ours, bare, target }: Comparison): Promise<Measured> {
  const count = await calibrate(bare)
  await time(ours, count * 20)
  await time(bare, count * 20)
  const pairs: { ours: number; bare: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    // Who goes first takes turns, too.
    const first = round % 2 === 0
    const a = await time(first ? ours : bare, count)
    const b = await time(first ? bare : ours, count)
    pairs.push(first ? { ours: a, bare: b } : { ours: b, bare: a })
  }
  return {
    name,
    ratio: median(pairs.map((pair) => pair.ours / pair.bare)),
    oursMicroseconds: (median(pairs.map((pair) => pair.ours)) / count) * 1000,
    bareMicroseconds: (median(pairs.map((pair) => pair.bare)) / count) * 1000,
    target,
  }
}

/** How many times the work fits into a round. */
async function calibrate(work: Work): Promise<number> {
  let count = 8
  while ((await time(work, count)) < roundMilliseconds) count *= 2
  return count
}

async function time(work: Work, count: number): Promise<number> {
  const start = performance.now()
  await work(count)
  return performance.now() - start
}

/** The middle one of some values. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
