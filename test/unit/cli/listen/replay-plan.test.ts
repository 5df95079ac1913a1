import { describe, expect, it } from 'vitest'
import { planReplay } from '../../../../src/cli/listen/replay-plan.ts'

const at = (time: string, day = 29) => Date.parse(`2026-11-${day}T${time}Z`)

// The rules of X: at most a day old, `from` at least 31 minutes, `to` at least ten.
// https://docs.x.com/x-api/account-activity/quickstart
describe('planReplay', () => {
  it('rounds to whole minutes that contain the outage, and waits until X accepts them', () => {
    const plan = planReplay({ from: at('10:00:30'), to: at('10:50:10') }, at('10:50:10'))
    expect(plan.windows.map(({ fromDate, toDate }) => [fromDate, toDate])).toEqual([['202611291000', '202611291051']])
    expect(plan.acceptedFrom).toBe(at('11:01:00'))
    expect(plan.acceptedUntil).toBe(at('10:00:00', 30))
    expect(plan).not.toHaveProperty('lost')
  })

  it('waits for 31 minutes after the beginning of a short outage', () => {
    expect(planReplay({ from: at('10:00:00'), to: at('10:01:00') }, at('10:01:05')).acceptedFrom).toBe(at('10:31:00'))
  })

  it('is accepted now when the outage is old enough', () => {
    expect(planReplay({ from: at('10:00:00'), to: at('10:40:00') }, at('12:00:00')).acceptedFrom).toBe(at('12:00:00'))
  })

  it('splits a long outage', () => {
    const plan = planReplay({ from: at('06:00:00'), to: at('11:00:00') }, at('11:00:00'))
    expect(plan.windows.map(({ fromDate }) => fromDate)).toEqual(['202611290600', '202611290800', '202611291000'])
  })

  it('says what X keeps no longer', () => {
    const plan = planReplay({ from: at('10:00:00', 27), to: at('11:00:00') }, at('11:00:00'))
    expect(plan.lost).toEqual({ from: at('10:00:00', 27), to: at('11:11:00', 28) })
    expect(plan.windows[0]?.fromDate).toBe('202611281111')
  })

  it('has no windows when X keeps nothing of it', () => {
    const plan = planReplay({ from: at('10:00:00', 27), to: at('11:00:00', 27) }, at('11:00:00'))
    expect(plan).toMatchObject({ windows: [], lost: { from: at('10:00:00', 27), to: at('11:00:00', 27) } })
  })
})
