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
  /**
   * How long `bare` runs in each round, in milliseconds. Rounds are short, so that other processes interrupt few of
   * them.
   *
   * @defaultValue 5
   */
  readonly roundMilliseconds?: number
}

/** The values of one figure: one for each block of rounds. */
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

const roundsOfBlock = 9
const blocks = 24
const warmUpMilliseconds = 300

/**
 * Measures how much longer than the bare operation the others take. Each round runs all of them and compares their
 * times, so a machine that becomes slower for a while does not change the ratios.
 */
export async function measure(comparison: Comparison): Promise<Measured> {
  const { name, ours, bare, peer, target, roundMilliseconds = 5 } = comparison
  const works = peer === undefined ? [bare, ours] : [bare, ours, peer]
  const count = await calibrate(bare, roundMilliseconds)
  for (const work of works) await time(work, count * Math.ceil(warmUpMilliseconds / roundMilliseconds))
  const samples: number[][] = works.map(() => [])
  for (let round = 0; round < blocks * roundsOfBlock; round += 1) {
    // Another work runs first in each round.
    for (let turn = 0; turn < works.length; turn += 1) {
      const index = (round + turn) % works.length
      const work = works[index]
      if (work !== undefined) samples[index]?.push(await time(work, count))
    }
  }
  const [bareTimes = [], oursTimes = [], peerTimes] = samples
  return {
    name,
    ratio: ratioOf(oursTimes, bareTimes),
    ...(peerTimes && { peerRatio: ratioOf(peerTimes, bareTimes) }),
    oursMicroseconds: (median(oursTimes) / count) * 1000,
    bareMicroseconds: (median(bareTimes) / count) * 1000,
    target,
  }
}

/** The ratios of the rounds: the median of each block, and of these the median, the smallest and the largest. */
function ratioOf(times: readonly number[], bareTimes: readonly number[]): Spread {
  const ratios = times.map((ms, round) => ms / (bareTimes[round] ?? Number.NaN))
  return spread(Array.from({ length: blocks }, (_, block) => median(blockOf(ratios, block))))
}

function blockOf(values: readonly number[], block: number): readonly number[] {
  return values.slice(block * roundsOfBlock, (block + 1) * roundsOfBlock)
}

/** Finds how many times the work fits into one round. */
async function calibrate(work: Work, milliseconds: number): Promise<number> {
  let count = 8
  while ((await fastest(work, count)) < milliseconds) count *= 2
  return count
}

/** The shortest of a few times, which no other process has interrupted. */
async function fastest(work: Work, count: number): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 5; attempt += 1) shortest = Math.min(shortest, await time(work, count))
  return shortest
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
