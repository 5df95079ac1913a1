import { expect, test } from 'vitest'
import { formatTime, formatWindow } from '../../../../src/cli/output/times.ts'

const at = (text: string) => new Date(`2026-${text}Z`)

test.each([
  ['UTC', '11-29T10:00:59', '2026-11-29 10:00 UTC'],
  ['Europe/Berlin', '11-29T10:00', '2026-11-29 11:00 GMT+1 (10:00 UTC)'],
  ['Europe/Berlin', '07-01T10:00', '2026-07-01 12:00 GMT+2 (10:00 UTC)'],
  ['Europe/Berlin', '11-29T23:30', '2026-11-30 00:30 GMT+1 (2026-11-29 23:30 UTC)'],
  ['Asia/Kolkata', '11-29T00:00', '2026-11-29 05:30 GMT+5:30 (00:00 UTC)'],
])('in %s, %s is %s', (zone, time, expected) => {
  expect(formatTime(at(time), zone)).toBe(expected)
})

test.each([
  ['UTC', '11-29T10:00', '11-29T12:00', '2026-11-29 10:00 to 12:00 UTC'],
  ['UTC', '11-29T23:00', '11-30T01:00', '2026-11-29 23:00 to 2026-11-30 01:00 UTC'],
  ['Asia/Tokyo', '11-29T10:00', '11-29T12:00', '2026-11-29 19:00 to 21:00 GMT+9 (10:00 to 12:00 UTC)'],
  ['Asia/Tokyo', '11-29T14:00', '11-29T16:00', '2026-11-29 23:00 to 2026-11-30 01:00 GMT+9 (14:00 to 16:00 UTC)'],
  [
    'Europe/Berlin',
    '10-25T00:30',
    '10-25T01:30',
    '2026-10-25 02:30 GMT+2 (00:30 UTC) to 2026-10-25 02:30 GMT+1 (01:30 UTC)',
  ],
])('in %s, the window from %s to %s is %s', (zone, from, to, expected) => {
  expect(formatWindow({ from: at(from), to: at(to) }, zone)).toBe(expected)
})
