import { expect, it } from 'vitest'
import { replayWindowError } from '../../support/errors.ts'

it('lists every broken rule in its message', () => {
  expect(replayWindowError.message).toBe(
    'X does not accept this replay window: "from" must be a valid Date; "to" must be in the past.',
  )
  expect(replayWindowError.issues.map(({ code }) => code)).toEqual(['from_date_format', 'to_date_in_future'])
})
