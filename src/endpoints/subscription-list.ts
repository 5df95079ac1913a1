import * as z from 'zod/mini'
import { id, listOf } from './schemas.ts'

/** The subscribed accounts. Which optional fields are present depends on the API version. */
export interface SubscriptionList {
  /** The id of the app. */
  readonly applicationId: string
  /** All subscriptions: X does not page this list. */
  readonly subscriptions: readonly Subscription[]
  /** The id of the webhook. Absent in the premium API. */
  readonly webhookId?: string
  /** The URL of the webhook. Absent in the premium API. */
  readonly webhookUrl?: string
  /**
   * The environment. Present only in the premium API, where a subscription applies to all webhooks of an environment.
   */
  readonly environment?: string
}

/** The accounts that are subscribed to a webhook, in v2 and in the enterprise API. */
export interface WebhookSubscriptionList extends SubscriptionList {
  /** The id of the webhook. */
  readonly webhookId: string
  /** The URL of the webhook. */
  readonly webhookUrl: string
}

/** The accounts that are subscribed to the webhooks of an environment, in the premium API. */
export interface EnvironmentSubscriptionList extends SubscriptionList {
  /** The label of the environment. */
  readonly environment: string
}

/** One subscribed account. */
export interface Subscription {
  /** The id of the account, 1 to 19 digits. */
  readonly userId: string
}

const users = z.optional(z.nullable(listOf(z.looseObject({ user_id: id }))))
const ofWebhook = z.looseObject({ application_id: id, webhook_id: id, webhook_url: z.string(), subscriptions: users })
const ofEnvironment = z.looseObject({ application_id: id, environment: z.string(), subscriptions: users })

/** A list as v2 and the enterprise API send it. */
export const webhookSubscriptionList: z.ZodMiniType<WebhookSubscriptionList> = z.pipe(
  ofWebhook,
  z.transform((list: z.infer<typeof ofWebhook>) => ({
    applicationId: list.application_id,
    webhookId: list.webhook_id,
    webhookUrl: list.webhook_url,
    subscriptions: toSubscriptions(list.subscriptions),
  })),
)

/** A list as the premium API sends it. */
export const environmentSubscriptionList: z.ZodMiniType<EnvironmentSubscriptionList> = z.pipe(
  ofEnvironment,
  z.transform((list: z.infer<typeof ofEnvironment>) => ({
    applicationId: list.application_id,
    environment: list.environment,
    subscriptions: toSubscriptions(list.subscriptions),
  })),
)

function toSubscriptions(wire: z.infer<typeof users>): Subscription[] {
  return (wire ?? []).map(({ user_id }) => ({ userId: user_id }))
}
