import { expect, test } from 'vitest'
import { keptPartOf, lastMinuteOf } from '../../../../src/cli/replay/job-runner.ts'

const now = Date.UTC(2026, 10, 29, 10)
const window = (from: string, to: string) => ({ from: new Date(`2026-11-${from}Z`), to: new Date(`2026-11-${to}Z`) })

test.each([
  ['inside', window('28T11:00', '28T12:00'), window('28T11:00', '28T12:00')],
  ['at the edge', window('28T10:00', '28T12:00'), window('28T10:00', '28T12:00')],
  ['one minute too old', window('28T09:59', '28T12:00'), window('28T10:00', '28T12:00')],
  ['too old as a whole', window('28T09:00', '28T10:00'), window('28T09:00', '28T10:00')],
])('what X keeps of a window that is %s', (_, given, expected) => {
  expect(keptPartOf(given, { now, api: 'v2' })).toEqual(expected)
})

test.each([
  ['an older window', window('29T07:00', '29T08:00'), window('29T07:59', '29T08:00')],
  ['a window that ends 30 minutes ago', window('29T08:00', '29T09:30'), window('29T09:29', '29T09:30')],
  ['a window that ends 10 minutes ago', window('29T08:00', '29T09:50'), window('29T09:29', '29T09:30')],
  ['a window of one minute', window('29T08:00', '29T08:01'), window('29T08:00', '29T08:01')],
])('the last minute of %s', (_, given, expected) => {
  expect(lastMinuteOf(given, { now, api: 'v2' })).toEqual(expected)
})
