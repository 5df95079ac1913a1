import { assertFunction, assertObject } from '../internal/assert.ts'
import type { ContractCase } from './contract-case.ts'
import type { InboxContractOptions } from './inbox-contract-options.ts'
import { deadLetterCases } from './inbox-dead-letter-cases.ts'
import { handingOutCases } from './inbox-handing-out-cases.ts'
import { laneCases } from './inbox-ordering-cases.ts'
import { onStage } from './inbox-stage.ts'

/**
 * What an inbox has to do, as cases for any test runner: for those who write an inbox of their own. What a crash leaves
 * is beyond them; try that out with a process that you kill.
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
  const { shared = true } = options
  return [...handingOutCases, ...deadLetterCases, ...laneCases]
    .filter(({ needsSharing }) => shared || !needsSharing)
    .map(({ name, play }) => ({ name, run: () => onStage(options, play) }))
}
