import {
  checkReplayWindow,
  enterpriseReplayRules,
  type ReplayRules,
  type ReplayWindow,
  replayWindow,
  v2ReplayRules,
} from '../../entries/replay.ts'
import { exitCodes } from '../cli-context.ts'
import { CliError, usageError } from '../cli-error.ts'
import { parseTime } from '../input/parse-time.ts'
import { formatTime } from '../output/times.ts'

const minuteMs = 60_000

/** The ends of a window, as the user wrote them. */
export interface WindowFlags {
  readonly from: string
  readonly to?: string | undefined
}

export function rulesOf(api: string): ReplayRules {
  return api === 'enterprise' ? enterpriseReplayRules : v2ReplayRules
}

/**
 * Reads a window and checks it against the rules of X.
 *
 * @throws CliError with exit code 2 that says which rule is broken, and what X would accept.
 */
export function readWindow(flags: WindowFlags, { now, rules }: { now: number; rules: ReplayRules }): ReplayWindow {
  const from = readTime(flags.from, '--from', now)
  const to = flags.to === undefined ? new Date(now - rules.minToAgeMinutes * minuteMs) : readTime(flags.to, '--to', now)
  const [first, ...others] = checkReplayWindow({ from, to }, { now, rules })
  if (first === undefined) return replayWindow({ from, to }, { now, rules })
  const messages = [first, ...others].map(({ message }) => message.replaceAll(/"(from|to)"/g, '--$1'))
  throw new CliError('replay_window', `X does not replay this window: ${messages.join('; ')}.`, {
    hint: [...lostPart({ from, to }, { now, rules }), acceptedRange({ now, rules })].join(' '),
    exitCode: exitCodes.usage,
  })
}

function readTime(text: string, flag: string, now: number): Date {
  try {
    return parseTime(text, now)
  } catch (error) {
    throw usageError(`${flag}: ${(error as Error).message}`)
  }
}

/** What X does not keep any more. */
function lostPart(
  { from, to }: { from: Date; to: Date },
  { now, rules }: { now: number; rules: ReplayRules },
): string[] {
  const oldest = oldestAt({ now, rules })
  if (from >= oldest) return []
  const end = to < oldest ? to : oldest
  return [`X does not keep what happened from ${formatTime(from)} to ${formatTime(end)}: it is lost.`]
}

function acceptedRange({ now, rules }: { now: number; rules: ReplayRules }): string {
  const latest = new Date(now - rules.minFromAgeMinutes * minuteMs)
  return `--from may be from ${formatTime(oldestAt({ now, rules }))} to ${formatTime(latest)}.`
}

/** The first whole minute that X keeps. */
function oldestAt({ now, rules }: { now: number; rules: ReplayRules }): Date {
  return new Date(Math.ceil((now - rules.maxAgeMinutes * minuteMs) / minuteMs) * minuteMs)
}
