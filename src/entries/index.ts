/**
 * The client for X's Account Activity API, and everything else in this package that runs in every JavaScript runtime. Each
 * group after the client is also a subpath of its own.
 *
 * Some parts are only in subpaths: the adapters for servers (`/node` and others), the stores that need Node.js or a
 * database (`/stores/…`), the emulator (`/emulator`), and the wire types (`/events`).
 *
 * @module
 */

// Calling X: create a client, then its webhooks, subscriptions and replay jobs.

export type {
  AccountActivityClient,
  ReplayClient,
  SubscriptionsClient,
  WebhooksClient,
} from '../client/account-activity-client.ts'
export type { ActivityClient, ActivitySubscriptionsClient } from '../client/activity-client.ts'
export type { ClientOptions } from '../client/client-options.ts'
export { clientOptionsFromEnv } from '../client/client-options-from-env.ts'
export { type Client, createClient } from '../client/create-client.ts'
export { createEnterpriseClient, type EnterpriseClient } from '../client/create-enterprise-client.ts'
export {
  createPremiumClient,
  type EnvironmentsClient,
  type PremiumClient,
  type PremiumClientOptions,
} from '../client/create-premium-client.ts'
export type { FilteredStreamClient, StreamLinksClient, StreamRulesClient } from '../client/filtered-stream-client.ts'
export type { LegacyClient, LegacySubscriptionsClient } from '../client/legacy-client.ts'
export type { ActivityStreamOptions } from '../endpoints/activity/activity-stream.ts'
export type { ActivityFilter, ActivitySubscription } from '../endpoints/activity/activity-subscription.ts'
export type { ActivitySubscriptionInput } from '../endpoints/activity/create-activity-subscription.ts'
export type {
  ActivityDeletionFailure,
  ActivityDeletionResult,
} from '../endpoints/activity/delete-activity-subscriptions.ts'
export type { SubscribableEventType } from '../endpoints/activity/event-types.ts'
export type { ActivitySubscriptionListOptions } from '../endpoints/activity/list-activity-subscriptions.ts'
export type { ActivitySubscriptionChanges } from '../endpoints/activity/update-activity-subscription.ts'
export type { CallOptions, UserCallOptions } from '../endpoints/call-options.ts'
export type {
  StreamRuleAddOptions,
  StreamRuleAddResult,
  StreamRuleFailure,
  StreamRuleFailureReason,
  StreamRuleInput,
} from '../endpoints/filtered-stream/add-stream-rules.ts'
export type { AppRuleCount, StreamRuleCounts } from '../endpoints/filtered-stream/count-stream-rules.ts'
export type { StreamLinkOptions } from '../endpoints/filtered-stream/create-stream-link.ts'
export type { StreamRuleDeletion } from '../endpoints/filtered-stream/delete-stream-rules.ts'
export type { StreamFields, StreamLink } from '../endpoints/filtered-stream/stream-link.ts'
export type { StreamRule } from '../endpoints/filtered-stream/stream-rule.ts'
export type { PagedCallOptions } from '../endpoints/pages.ts'
export type { Environment } from '../endpoints/premium/list-environments.ts'
export type { ReplayEndpoint, ReplayJob } from '../endpoints/replay-job.ts'
export type { SubscriptionCount } from '../endpoints/subscription-count.ts'
export type {
  EnvironmentSubscriptionList,
  Subscription,
  SubscriptionList,
  WebhookSubscriptionList,
} from '../endpoints/subscription-list.ts'
export type { ReplayCallOptions } from '../endpoints/v2/create-replay.ts'
export type { Webhook, WebhookValidation } from '../endpoints/webhook.ts'
export type {
  ClientHooks,
  ClientLogger,
  FallbackReport,
  PartialErrorsReport,
  RequestReport,
  ResponseReport,
  RetryReport,
  StreamConnectReport,
  StreamDisconnectReport,
  StreamSkipReport,
  Trace,
} from '../http/hooks.ts'
export type { RetryOptions } from '../http/retry.ts'
export type { Fetch } from '../http/send.ts'
export type { StreamHandlers } from '../http/stream/keep-stream.ts'
export type { TransportOptions } from '../http/transport.ts'
export type { Sleep } from '../internal/timers.ts'

// Signing in: OAuth 1.0a signatures, access tokens of users and the bearer token of the app.

export type {
  AppCredentials,
  OAuth1Credentials,
  OAuth2UserCredentials,
  UserCredentials,
  UserRequest,
  UserSource,
} from '../auth/credentials.ts'
export { type OAuth1Form, type OAuth1Options, type OAuth1Request, signOAuth1 } from '../auth/oauth1.ts'
export { createPkce, type Pkce } from '../auth/pkce.ts'
export type { OAuthCallOptions } from '../endpoints/call-options.ts'
export { type AccessTokenInput, type AuthorizedUser, accessToken } from '../endpoints/oauth/access-token.ts'
export { authenticateUrl } from '../endpoints/oauth/authenticate-url.ts'
export { authorizeUrl } from '../endpoints/oauth/authorize-url.ts'
export type { ConsentUrlInput } from '../endpoints/oauth/consent-url.ts'
export { createBearerToken } from '../endpoints/oauth/create-bearer-token.ts'
export { createOAuth2User, type OAuth2UserInput } from '../endpoints/oauth/create-oauth2-user.ts'
export { exchangeOAuth2Code, type OAuth2CodeInput } from '../endpoints/oauth/exchange-oauth2-code.ts'
export { invalidateAccessToken } from '../endpoints/oauth/invalidate-access-token.ts'
export { type InvalidateBearerTokenOptions, invalidateBearerToken } from '../endpoints/oauth/invalidate-bearer-token.ts'
export { type OAuth2AuthorizeUrlInput, oauth2AuthorizeUrl } from '../endpoints/oauth/oauth2-authorize-url.ts'
export type { OAuth2App, OAuth2Tokens } from '../endpoints/oauth/oauth2-tokens.ts'
export { type OAuthCallback, readCallback } from '../endpoints/oauth/read-callback.ts'
export { type OAuth2RefreshInput, refreshOAuth2Tokens } from '../endpoints/oauth/refresh-oauth2-tokens.ts'
export { type RequestToken, type RequestTokenInput, requestToken } from '../endpoints/oauth/request-token.ts'
export { type OAuth2RevokeInput, revokeOAuth2Token } from '../endpoints/oauth/revoke-oauth2-token.ts'
export type { Clock } from '../internal/clock.ts'

// Errors: every class, its guard and its reasons.

export { AccountActivityError, type ErrorCode } from '../errors/account-activity-error.ts'
export { ApiError, type ApiErrorInit, type LimitKind, type Problem, type RateLimit } from '../errors/api-error.ts'
export {
  type AnyAccountActivityError,
  isAccountActivityError,
  isApiError,
  isReplayWindowError,
  isResponseError,
  isTransportError,
  isVerificationError,
} from '../errors/guards.ts'
export {
  type Endpoint,
  endpointReasons,
  type GeneralReason,
  generalReasons,
  type PlatformReason,
  type ReasonOf,
} from '../errors/reasons.ts'
export { ReplayWindowError, type ReplayWindowIssue, type ReplayWindowIssueCode } from '../errors/replay-window-error.ts'
export { type Issue, ResponseError, type ResponseErrorInit } from '../errors/response-error.ts'
export { TransportError, type TransportErrorInit, type TransportReason } from '../errors/transport-error.ts'
export { VerificationError, type VerificationReason } from '../errors/verification-error.ts'

// Events: the bodies that X sends, parsed and typed. The wire types are in `/events` only.

export {
  type Activity,
  type ActivityBase,
  type ActivityKind,
  type ActivityOf,
  activityKinds,
  type LikeActivity,
  type Media,
  type MessageActivity,
  type Person,
  type PostActivity,
  type PostDeleteActivity,
  type ReadActivity,
  type RelationActivity,
  type RevokeActivity,
  type TypingActivity,
} from '../events/activities/activity.ts'
export { activityOf } from '../events/activities/activity-of.ts'
export { classifyPost, type PostKind } from '../events/classify-post.ts'
export type { Direction, EventBase } from '../events/event-base.ts'
export {
  type ActivityEvent,
  type BlockEvent,
  type ConversationEvent,
  type Delivery,
  type DeliveryFamily,
  type DirectMessageEvent,
  type DirectMessageReadEvent,
  type DirectMessageTypingEvent,
  type EventOf,
  type EventType,
  eventTypes,
  type FavoriteEvent,
  type FollowEvent,
  type MuteEvent,
  type PostCreateEvent,
  type PostDeleteEvent,
  type RelationEvent,
  type ReplayJobStatusEvent,
  type UnblockEvent,
  type UnfollowEvent,
  type UnknownEvent,
  type UnmuteEvent,
  type UserRevokeEvent,
} from '../events/events.ts'
export type { FilteredPostEvent } from '../events/filtered-stream/events.ts'
export { fullText } from '../events/full-text.ts'
export { idOf } from '../events/id-of.ts'
export { parseDelivery } from '../events/parse-delivery.ts'
export { unescapeText } from '../events/unescape-text.ts'
export {
  type XActivityEvent,
  type XActivityEventBase,
  type XActivityEventType,
  type XBroadcastChatEvent,
  type XBroadcastChatRemoveEvent,
  type XBroadcastEvent,
  type XChatEvent,
  type XChatEventType,
  type XConversationEvent,
  type XDirectMessageEvent,
  type XDirectMessageReadEvent,
  type XDirectMessageTypingEvent,
  type XLikeEvent,
  type XNewsEvent,
  type XOAuthRevokeEvent,
  type XPostDeleteEvent,
  type XPostEvent,
  type XPostEventType,
  type XProfileEvent,
  type XProfileEventType,
  type XRelationEvent,
  type XRelationEventType,
  type XSpaceEvent,
  xActivityEventTypes,
} from '../events/x-activity/events.ts'
export type { XActivityIncludes } from '../events/x-activity/wire/envelope.ts'

// Receiving: CRC answers, verified deliveries, and each event handled once.

export type { Awaitable } from '../internal/awaitable.ts'
export { createReceiver } from '../receiver/create-receiver.ts'
export { type ConstructDeliveryInput, constructDelivery } from '../receiver/delivery/construct-delivery.ts'
export type { ActivityHandler, ActivityHandlers } from '../receiver/handlers/activity-handlers.ts'
export type { ErrorContext, ErrorHandler, Handler, HandlerContext } from '../receiver/handlers/handler.ts'
export type { Handlers } from '../receiver/handlers/handlers.ts'
export type { XActivityHandlers } from '../receiver/handlers/x-activity-handlers.ts'
export type {
  AnswerHealth,
  CrcHealth,
  FailureHealth,
  InboxWorkHealth,
  ReceiverHealth,
  WorkHealth,
} from '../receiver/health.ts'
export type {
  CrcReport,
  DeadLetterReport,
  DeliveryReport,
  DuplicateReport,
  EventRef,
  EventReport,
  FailureReport,
  ReceiverHooks,
  ReplayReport,
} from '../receiver/hooks.ts'
export type {
  CloseOptions,
  DispatchOptions,
  ObservedAnswer,
  ObservedDelivery,
  ObservedHandler,
  ObservedRequest,
  ObservedVerification,
  PlatformContext,
  Receiver,
  ReceiverObserver,
  RequestHeaders,
  WebhookAnswer,
  WebhookRequest,
} from '../receiver/receiver.ts'
export type { ReceiverOptions, Secret, SecretSource } from '../receiver/receiver-options.ts'
export type { Claim, ClaimWithToken, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export { createMemoryDedupeStore, type MemoryDedupeStoreOptions } from '../stores/dedupe/memory-dedupe-store.ts'
export type { BackoffOptions } from '../stores/inbox/backoff.ts'
export type {
  DeadLetter,
  Inbox,
  InboxAddResult,
  InboxItem,
  InboxRun,
  InboxRunOptions,
  InboxStats,
  NewInboxItem,
} from '../stores/inbox/inbox.ts'
export type { InboxOptions, TimedInboxOptions } from '../stores/inbox/inbox-options.ts'
export { createMemoryInbox } from '../stores/inbox/memory-inbox.ts'

// Streaming: the deliveries of the X Activity API without a webhook.

export {
  type RunStreamHandlers,
  type RunStreamOptions,
  runStream,
  type UnhandledDelivery,
} from '../stream/run-stream.ts'

// Keeping a webhook and its subscriptions in the wanted state.

export {
  type ActivitySyncAction,
  type ActivitySyncApplyOptions,
  type ActivitySyncClient,
  type ActivitySyncFailure,
  type ActivitySyncFailureReason,
  type ActivitySyncItem,
  type ActivitySyncOptions,
  type ActivitySyncPlan,
  type ActivitySyncProgress,
  type ActivitySyncResult,
  type ActivitySyncUser,
  accountActivityEventTypes,
} from '../sync/activity-plan.ts'
export type { WebhookHealth } from '../sync/check-webhook.ts'
export { moveWebhook } from '../sync/move/move-webhook.ts'
export type { MoveGap, WebhookMove, WebhookMoveClient, WebhookMoveOptions } from '../sync/move/webhook-move.ts'
export { planActivitySubscriptions } from '../sync/plan-activity-subscriptions.ts'
export { planSubscriptions } from '../sync/plan-subscriptions.ts'
export {
  planWebhook,
  type SyncedWebhook,
  type WebhookChange,
  type WebhookCreation,
  type WebhookSyncAction,
  type WebhookSyncClient,
  type WebhookSyncOptions,
  type WebhookSyncPlan,
  type WebhookSyncProbe,
} from '../sync/plan-webhook.ts'
export type { RemovalBrakeOptions, WithheldRemovals } from '../sync/removal-brake.ts'
export type {
  AccountWithoutCredentials,
  SkippedAccount,
  SubscriptionSyncAction,
  SubscriptionSyncApplyOptions,
  SubscriptionSyncClient,
  SubscriptionSyncFailure,
  SubscriptionSyncFailureReason,
  SubscriptionSyncOptions,
  SubscriptionSyncPlan,
  SubscriptionSyncProgress,
  SubscriptionSyncResult,
  SubscriptionSyncUser,
} from '../sync/subscription-plan.ts'
export { syncActivitySubscriptions } from '../sync/sync-activity-subscriptions.ts'
export { syncSubscriptions } from '../sync/sync-subscriptions.ts'
export { syncWebhook } from '../sync/sync-webhook.ts'
export { type WatchWebhookOptions, type WebhookWatcher, watchWebhook } from '../sync/watch-webhook.ts'
export type { KeptWebhook, WebhookUsesClient } from '../sync/webhook-uses.ts'

// Recovering: outages detected and replayed.

export { createRecovery } from '../recovery/create-recovery.ts'
export type { Recovery, RecoveryClient, RecoveryOptions, RunOptions } from '../recovery/recovery.ts'
export type { ProcessStatus, RecoveryStatus, StatusSpan } from '../recovery/recovery-status.ts'
export type {
  DoneStep,
  JobEndedStep,
  JobStep,
  LossReason,
  LostStep,
  OutageCause,
  OutageStep,
  RecoveryHandlers,
  RecoveryProgress,
  RecoveryStep,
  RecoveryStepOf,
  TimeSpan,
  WaitingStep,
  WaitReason,
  WebhookStep,
} from '../recovery/recovery-step.ts'
export type { Lease } from '../stores/lease.ts'
export { createMemoryRecoveryStore } from '../stores/recovery/memory-recovery-store.ts'
export { type RecoveryStore, StateLostError } from '../stores/recovery/recovery-store.ts'

// Replay windows: read, checked against the rules of X, and split.

export { checkReplayWindow, type ReplayWindowOptions } from '../replay/check-replay-window.ts'
export { formatReplayDate } from '../replay/format-replay-date.ts'
export { parseReplayDate } from '../replay/parse-replay-date.ts'
export type { ReplayWindowInput } from '../replay/read-replay-window.ts'
export { enterpriseReplayRules, type ReplayRules, v2ReplayRules } from '../replay/replay-rules.ts'
export { type ReplayWindow, replayWindow } from '../replay/replay-window.ts'
export { type SplitReplayWindowOptions, splitReplayWindow } from '../replay/split-replay-window.ts'

// The CRC answer and the signature alone, for a server of your own.

export { answerCrc, type CrcAnswer } from '../webhook/answer-crc.ts'
export { signBody } from '../webhook/sign-body.ts'
export { type SignedBody, verifySignature } from '../webhook/verify-signature.ts'
