/**
 * What tests need: deliveries as X sends them, signed requests, contexts of handlers, and the contracts of dedupe stores,
 * inboxes and recovery stores as test cases for your own.
 *
 * @module
 */
export type { EventType } from '../events/events.ts'
export type { Awaitable } from '../internal/awaitable.ts'
export type { PostPayload } from '../payloads/account-activity/post.ts'
export type { HandlerContext } from '../receiver/handlers/handler.ts'
export type { Claim, ClaimWithToken, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export type { DeadLetter, Inbox, InboxItem, InboxRun, InboxRunOptions, NewInboxItem } from '../stores/inbox/inbox.ts'
export type { RecoveryStore } from '../stores/recovery/recovery-store.ts'
export {
  type BuildDeliveryOptions,
  buildDelivery,
  type DeliveryOverrides,
  deliveryVariants,
} from '../testing/build-delivery.ts'
export type { ContractCase } from '../testing/contract-case.ts'
export {
  type DedupeStoreContractOptions,
  type DedupeStoreSettings,
  dedupeStoreContract,
} from '../testing/dedupe-store-contract.ts'
export { createTestContext, type TestContextOverrides } from '../testing/deliveries/create-test-context.ts'
export type {
  AccountBody,
  BlockBody,
  DeliveryBody,
  DirectMessageBody,
  DirectMessageReadBody,
  DirectMessageTypingBody,
  FavoriteBody,
  FilteredPostBody,
  FollowBody,
  MuteBody,
  NonEmptyArray,
  OtherBodies,
  PostCreateBody,
  PostDeleteBody,
  ReplayJobStatusBody,
  UnknownBody,
  UserRevokeBody,
  WireIncludes,
  XActivityBody,
  XActivityPayload,
} from '../testing/deliveries/delivery-bodies.ts'
export type { DeepPartial } from '../testing/deliveries/merge-overrides.ts'
export { type SignedRequestOptions, signedRequest } from '../testing/deliveries/signed-request.ts'
export type { DeliveryVariant, DeliveryVariants } from '../testing/deliveries/variants.ts'
export { inboxContract } from '../testing/inbox-contract.ts'
export type { InboxContractOptions, InboxSettings } from '../testing/inbox-contract-options.ts'
export {
  type RecoveryStoreContractOptions,
  type RecoveryStoreSettings,
  recoveryStoreContract,
} from '../testing/recovery-store-contract.ts'
