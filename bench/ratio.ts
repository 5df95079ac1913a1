/** Something to time: does its work `count` times. */
export type Work = (count: number) => void | Promise<void>

/** Works to compare: one row of the table. */
export interface Comparison {
  readonly name: string
  readonly ours: Work
  /** The least that any implementation must do. All ratios are to its time. */
  readonly bare: Work
  /** The same task done by another library. */
  readonly peer?: Work
  /** The highest ratio that is good enough; `Infinity` for none. */
  readonly target: number
}

/** The values of one figure over all rounds. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** The result of a comparison. */
export interface Measured {
  readonly name: string
  /** The time of `ours`, divided by the time of `bare` in the same round. */
  readonly ratio: Spread
  /** The time of `peer`, divided by the time of `bare` in the same round. */
  readonly peerRatio?: Spread
  /** Medians over all rounds, in microseconds. */
  readonly oursMicroseconds: number
  readonly bareMicroseconds: number
  readonly target: number
}

const rounds = 61
const roundMilliseconds = 15

/**
 * Measures how much longer than the bare operation the others take. Each round runs all of them and compares their
 * times, so a machine that becomes slower for a while does not change the ratios.
 */
export async function measure({ name, ours, bare, peer, target }: Comparison): Promise<Measured> {
  const works = peer === undefined ? [bare, ours] : [bare, ours, peer]
  const count = await calibrate(bare)
  for (const work of works) await time(work, count * 20)
  const samples: number[][] = works.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    // Another work runs first in each round.
    for (let turn = 0; turn < works.length; turn += 1) {
      const index = (round + turn) % works.length
      const work = works[index]
      if (work !== undefined) samples[index]?.push(await time(work, count))
    }
  }
  const [bareTimes = [], oursTimes = [], peerTimes] = samples
  const ratioOf = (times: readonly number[]) => spread(times.map((ms, round) => ms / (bareTimes[round] ?? Number.NaN)))
  return {
    name,
    ratio: ratioOf(oursTimes),
    ...(peerTimes && { peerRatio: ratioOf(peerTimes) }),
    oursMicroseconds: (median(oursTimes) / count) * 1000,
    bareMicroseconds: (median(bareTimes) / count) * 1000,
    target,
  }
}

/** Finds how many times the work fits into one round. */
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

/** The median, the smallest and the largest of some values. */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

/** The value in the middle, when they are sorted. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
