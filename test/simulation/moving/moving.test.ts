import { expect, it } from 'vitest'
import { createMemoryInbox } from 'x-account-activity'
import { simulateMove } from './scenario.ts'
import { kindsWithCommonKey } from './users.ts'

/** `npm run test:simulation -- moving` moves 500 accounts. */
it.each([
  ['a dedupe store', undefined],
  ['an inbox', createMemoryInbox],
])('moves accounts while their users act: with %s, nothing is lost or handled twice', async (_, createInbox) => {
  const result = await simulateMove({ accounts: 60, ...(createInbox && { inbox: createInbox() }) })
  expect(result).toMatchObject({
    missing: [],
    handledOnce: result.withCommonKey,
    twiceBeforeMove: 0,
    onlyAccountActivity: ['post shy'],
    remaining: 0,
    apisAfterMove: ['activity'],
  })
  // Three users leave before or while their accounts are moved, or afterwards.
  expect(result.moved).toBeGreaterThanOrEqual(57)
  expect(result.activities).toBeGreaterThan(1500)
  expect(result.deliveredByBoth).toBeGreaterThan(200)
  for (const kind of kindsWithCommonKey) expect(result.handledTwice[kind]).toBeUndefined()
})
