/**
 * X on your own machine: an emulator of the Account Activity API and the X Activity API that runs in any runtime.
 *
 * @module
 */

export type { AddAppOptions, AppSettings } from '../emulator/accounts/app-settings.ts'
export type { AppRef, EmulatedApp } from '../emulator/accounts/apps.ts'
export type { AuthorizeOptions } from '../emulator/accounts/authorize.ts'
export type { AddUserOptions } from '../emulator/accounts/create-user.ts'
export type { EmulatedUser } from '../emulator/accounts/emulated-user.ts'
export type {
  BroadcastContent,
  BroadcastRef,
  EmulatedBroadcast,
  EmulatedSpace,
  SpaceRef,
} from '../emulator/actions/broadcasts.ts'
export type { EncryptedMessage } from '../emulator/actions/encrypted-message.ts'
export type { NewsOptions, NewsStory } from '../emulator/actions/news.ts'
export type { PostContent } from '../emulator/actions/posts.ts'
export type { ProfileChanges } from '../emulator/actions/profile.ts'
export type { MessageRef, PostRef, UserRef } from '../emulator/actions/references.ts'
export type { RateLimitSettings } from '../emulator/api/rate-limits.ts'
export { createEmulator } from '../emulator/create-emulator.ts'
export type { DeliveryOptions } from '../emulator/delivery-system.ts'
export type { Emulator } from '../emulator/emulator.ts'
export type { EmulatorOptions } from '../emulator/emulator-options.ts'
export type { CrcScheduleOptions } from '../emulator/options/crc-options.ts'
export type { LogLimitOptions } from '../emulator/options/log-limits.ts'
export type { ReplayOptions } from '../emulator/options/replay-options.ts'
export type { RetryPolicy } from '../emulator/options/retry-policy.ts'
export type { LimitOptions, Tier } from '../emulator/options/tiers.ts'
export type { DeliveryKind, DeliveryRecord, Send } from '../emulator/outbox/outbox.ts'
export type { RequestCheck, RequestRecord } from '../emulator/requests/request-log.ts'
export { type OnUnknownRequest, UnknownRequestError } from '../emulator/requests/unknown-requests.ts'
export type { SavedState } from '../emulator/saved/saved-state.ts'
export type {
  ApiFaults,
  CrcFaults,
  DeliveryFaults,
  FaultFrequency,
  FaultOptions,
  StreamFaults,
} from '../emulator/simulation/faults.ts'
export type { Duration } from '../emulator/simulation/virtual-clock.ts'
export type { DeliveryApi } from '../emulator/state/event-log.ts'
export type { Permissions, Scope } from '../emulator/state/permissions.ts'
export type { UserTokens } from '../emulator/state/tables.ts'
export type { EmulatedWebhook } from '../emulator/webhooks/show-webhooks.ts'
export type { MessagePayload } from '../payloads/account-activity/message.ts'
export type { PostPayload } from '../payloads/account-activity/post.ts'
