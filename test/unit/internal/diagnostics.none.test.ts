import { expect, it } from 'vitest'
import { channel } from '../../../src/internal/diagnostics.none.ts'

it('has no subscribers, and ignores what is published', () => {
  const silent = channel('x-account-activity:request')
  expect(silent.hasSubscribers).toBe(false)
  expect(silent.publish({})).toBeUndefined()
})
