import type { EmulatorOptions, FaultFrequency, FaultOptions, Tier } from '../../entries/emulator.ts'
import { usageError } from '../cli-error.ts'

/** The default port of the emulator. */
export const defaultEmulatorPort = 4000

/** The flags that decide how an emulator behaves. */
export type EmulatorFlags = {
  readonly state?: string
  readonly seed?: string
  readonly tier: Tier
  readonly faults?: readonly string[]
  readonly oauth2: boolean
}

/** The declarations of {@link EmulatorFlags}. */
export const emulatorFlags = {
  state: {
    kind: 'parsed',
    parse: String,
    brief: 'A file that keeps the state from one start to the next',
    placeholder: 'file',
    optional: true,
  },
  seed: {
    kind: 'parsed',
    parse: String,
    brief: 'Text for other ids and keys; without it, they are always the same',
    placeholder: 'text',
    optional: true,
  },
  tier: {
    kind: 'enum',
    values: ['enterprise', 'pay-per-use', 'premium', 'sandbox'],
    brief: 'The access tier, which sets limits and retries',
    default: 'enterprise',
  },
  faults: {
    kind: 'parsed',
    parse: String,
    brief: 'Faults, such as api.unavailable=0.1 or crc.late=next:2; repeatable',
    placeholder: 'fault',
    optional: true,
    variadic: true,
  },
  oauth2: {
    kind: 'boolean',
    brief: 'Give the app an OAuth 2.0 client secret',
    default: false,
    withNegated: false,
  },
} as const

/** The options of the emulator that the flags ask for. */
export function toEmulatorOptions({ seed, tier, faults }: EmulatorFlags): EmulatorOptions {
  return {
    tier,
    ...(seed !== undefined && { seed }),
    ...(faults !== undefined && faults.length > 0 && { faults: parseFaults(faults) }),
  }
}

/**
 * Reads faults as people write them: `api.unavailable=0.1` is a probability, `crc.late=next:2` lets the fault occur the
 * next two times, and `clockSkewMs=60000` and `api.slowMs=100` are times. Several may be separated by commas.
 *
 * @throws CliError with exit code 2 when one does not have this form. The emulator checks names and ranges.
 */
export function parseFaults(texts: readonly string[]): FaultOptions {
  const groups: Record<string, number | Record<string, FaultFrequency>> = {}
  for (const text of texts.flatMap((list) => list.split(','))) {
    const [, group = '', name, value = ''] = /^([A-Za-z]\w*)(?:\.([A-Za-z]\w*))?=(.+)$/.exec(text.trim()) ?? []
    const frequency = parseFrequency(value)
    if (frequency === undefined) throw faultError(text)
    if (name === undefined) groups[group] = frequency as number
    else groups[group] = { ...(groups[group] as Record<string, FaultFrequency> | undefined), [name]: frequency }
  }
  return groups
}

function parseFrequency(text: string): FaultFrequency | undefined {
  const [, next] = /^next:(\d+)$/.exec(text) ?? []
  if (next !== undefined) return { next: Number(next) }
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

function faultError(text: string) {
  return usageError(
    `"${text}" is not a fault.`,
    'Write the group, the name and how often: api.unavailable=0.1, deliveries.duplicated=next:3 or clockSkewMs=60000.',
  )
}
