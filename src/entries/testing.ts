/**
 * The contracts of dedupe stores and inboxes, as test cases for your own.
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { Claim, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export type { DeadLetter, Inbox, InboxItem, InboxRun, InboxRunOptions, NewInboxItem } from '../stores/inbox/inbox.ts'
export type { ContractCase } from '../testing/contract-case.ts'
export {
  type DedupeStoreContractOptions,
  type DedupeStoreSettings,
  dedupeStoreContract,
} from '../testing/dedupe-store-contract.ts'
export { inboxContract } from '../testing/inbox-contract.ts'
export type { InboxContractOptions, InboxSettings } from '../testing/inbox-contract-options.ts'
