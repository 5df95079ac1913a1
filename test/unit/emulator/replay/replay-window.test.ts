import { describe, expect, it } from 'vitest'
import {
  enterpriseWindow,
  readWindow,
  v2Window,
  webhookReplayWindow,
} from '../../../../src/emulator/replay/replay-window.ts'
import { noon } from '../../../support/emulator-replay.ts'

describe('a window of v1.1 enterprise, at noon', () => {
  it.each([
    ['exactly five days back', '202611161200', '202611161300'],
    ['exactly 31 to 10 minutes ago', '202611211129', '202611211150'],
  ])('is accepted: %s', (_, from, to) => {
    expect(readWindow({ from, to }, noon, enterpriseWindow)).toMatchObject({ from: expect.any(Number) })
  })

  it.each([
    ['', '202611211100', 'from_date', 'missing'],
    ['202611211000', ' ', 'to_date', 'missing'],
    ['-202611211000', '202611211100', 'from_date', 'negative'],
    ['202611211000', '-1', 'to_date', 'negative'],
    ['2026-11-21', '202611211100', 'from_date', 'malformed'],
    ['202611211000', '202613211100', 'to_date', 'malformed'],
    ['202611211201', '202611211300', 'from_date', 'in-future'],
    ['202611211100', '202611211201', 'to_date', 'in-future'],
    ['202611161159', '202611211100', 'from_date', 'too-old'],
    ['202611211130', '202611211140', 'from_date', 'too-recent'],
    ['202611211100', '202611211151', 'to_date', 'too-recent'],
    ['202611211000', '202611211000', 'from_date', 'not-in-order'],
  ])('is refused: %s to %s, because %s is %s', (from, to, parameter, rule) => {
    expect(readWindow({ from, to }, noon, enterpriseWindow)).toMatchObject({ parameter, rule })
  })
})

describe('a window of the newer path of v2', () => {
  // https://github.com/xdevplatform/docs, OpenAPI 2.167: both dates of CreateWebhookReplayJobRequest are inclusive.
  const dates = { from: '202611211000', to: '202611211000' }

  it('includes the minute of to_date, unlike that of the older path', () => {
    const from = Date.UTC(2026, 10, 21, 10)
    expect(readWindow(dates, noon, webhookReplayWindow)).toEqual({ from, to: from + 60_000 })
    expect(readWindow(dates, noon, v2Window)).toMatchObject({ rule: 'not-in-order' })
  })

  it('must not end before it begins', () => {
    const reversed = { ...dates, to: '202611210959' }
    expect(readWindow(reversed, noon, webhookReplayWindow)).toMatchObject({ rule: 'not-in-order' })
  })
})
