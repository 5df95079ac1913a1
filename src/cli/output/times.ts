/**
 * Formats a time for a person: in the reader's zone, with UTC beside, such as `2026-11-29 11:00 GMT+1 (10:00 UTC)`. The
 * day of UTC is shown where it differs. In UTC, there is one time.
 *
 * @param timeZone - The zone of the reader. Without it, the zone of this machine.
 */
export function formatTime(date: Date, timeZone?: string): string {
  const { day, minute, zone } = partsOf(date, timeZone)
  const utc = partsOf(date, 'UTC')
  if (zone === 'UTC') return `${day} ${minute} UTC`
  return `${day} ${minute} ${zone} (${utc.day === day ? '' : `${utc.day} `}${utc.minute} UTC)`
}

/** Formats a window of time like {@link formatTime}, with the parts that both ends have in common once. */
export function formatWindow({ from, to }: { readonly from: Date; readonly to: Date }, timeZone?: string): string {
  const [start, end] = [partsOf(from, timeZone), partsOf(to, timeZone)]
  const [startUtc, endUtc] = [partsOf(from, 'UTC'), partsOf(to, 'UTC')]
  // Daylight saving time may begin or end in the window.
  if (start.zone !== end.zone) return `${formatTime(from, timeZone)} to ${formatTime(to, timeZone)}`
  const span = (a: Parts, b: Parts, day: string) =>
    `${a.day === day ? '' : `${a.day} `}${a.minute} to ${b.day === a.day ? '' : `${b.day} `}${b.minute}`
  const local = span(start, end, '')
  return start.zone === 'UTC' ? `${local} UTC` : `${local} ${start.zone} (${span(startUtc, endUtc, start.day)} UTC)`
}

interface Parts {
  /** `2026-11-29` */
  readonly day: string
  /** `11:00` */
  readonly minute: string
  readonly zone: string
}

function partsOf(date: Date, timeZone: string | undefined): Parts {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]))
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    minute: `${parts.hour}:${parts.minute}`,
    zone: parts.timeZoneName ?? '',
  }
}
