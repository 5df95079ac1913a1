import { assertBoolean, assertFunction, assertObject } from '../internal/assert.ts'
import type { ContractCase } from './contract-case.ts'
import { activityKeyCases } from './inbox-activity-key-cases.ts'
import { clockCases } from './inbox-clock-cases.ts'
import type { InboxContractOptions } from './inbox-contract-options.ts'
import { crashCases, leaseCases } from './inbox-crash-cases.ts'
import { deadLetterCases } from './inbox-dead-letter-cases.ts'
import { givingBackCases } from './inbox-giving-back-cases.ts'
import { handingOutCases } from './inbox-handing-out-cases.ts'
import { checkInbox, type InboxCase } from './inbox-harness.ts'
import { orderingCases } from './inbox-ordering-cases.ts'

const allCases: readonly InboxCase[] = [
  ...handingOutCases,
  ...activityKeyCases,
  ...crashCases,
  ...leaseCases,
  ...clockCases,
  ...givingBackCases,
  ...deadLetterCases,
  ...orderingCases,
]

/**
 * The contract of an inbox, as cases for any test runner: use it to test an inbox of your own. The cases run in one process:
 * for them, closing an inbox without stopping its runs is a crash. Test a real crash with a process that you kill. The cases
 * of items that are given back pass without a check when the runs of the inbox have no `offerAgain`, those of items that
 * another process handles when they have no `canPostpone`, and those of activity keys when it has no `claimsKeys`.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 *
 * @example
 * import { test } from 'node:test'
 * import { createMemoryInbox } from 'x-account-activity/receiver'
 * import { inboxContract } from 'x-account-activity/testing'
 *
 * const cases = inboxContract({
 *   createInbox: (settings) => createMemoryInbox(settings),
 *   advance: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
 *   shared: false,
 * })
 * for (const { name, run } of cases) test(name, run)
 */
export function inboxContract(options: InboxContractOptions): readonly ContractCase[] {
  assertObject(options, 'options')
  assertFunction(options.createInbox, 'createInbox')
  assertFunction(options.advance, 'advance')
  const { shared = true, setClockBack, crash } = options
  assertBoolean(shared, 'shared')
  if (setClockBack !== undefined) assertFunction(setClockBack, 'setClockBack')
  if (crash !== undefined) assertFunction(crash, 'crash')
  return allCases
    .filter(({ needsSharing }) => shared || !needsSharing)
    .filter(({ needsClock }) => setClockBack !== undefined || !needsClock)
    .map(({ name, check }) => ({ name, run: () => checkInbox(options, check) }))
}
