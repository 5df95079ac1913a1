const units = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
} as const

const names: Readonly<Record<string, keyof typeof units>> = {
  ms: 'ms',
  s: 's',
  sec: 's',
  second: 's',
  seconds: 's',
  m: 'm',
  min: 'm',
  minute: 'm',
  minutes: 'm',
  h: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
}

/**
 * Reads a duration, such as `90s`, `5m`, `2 hours` or `1h 30m`, as milliseconds.
 *
 * @throws RangeError when the text is not a duration.
 */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/\s*(\d+(?:\.\d+)?)\s*([a-z]+)/gy)]
  const length = parts.reduce((sum, [part]) => sum + part.length, 0)
  const ms = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[names[unit ?? ''] ?? 'ms'] ?? 0), 0)
  const isKnown = parts.every(([, , unit]) => Object.hasOwn(names, unit ?? ''))
  if (parts.length === 0 || !isKnown || text.slice(length).trim() !== '' || !Number.isSafeInteger(Math.round(ms))) {
    throw new RangeError(`"${text}" is not a duration. Write a number and a unit: 30s, 5m, 2h or 1d.`)
  }
  return Math.round(ms)
}
