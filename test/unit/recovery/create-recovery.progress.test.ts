import { describe, expect, it } from 'vitest'
import { afterOutage } from '../../support/recovery-world.ts'

describe('the progress of a recovery', () => {
  it('counts the minutes that are done, up to the total', async () => {
    const world = await afterOutage(240)
    const steps = await world.run()
    expect(steps.map(({ progress: { done, total } }) => `${done}/${total}`)).toEqual([
      '0/251',
      '0/251',
      '120/251',
      '120/251',
      '240/251',
      '240/251',
      '240/251',
      '251/251',
      '251/251',
    ])
  })
})
