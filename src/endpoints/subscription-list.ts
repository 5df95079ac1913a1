import * as z from 'zod/mini'
import { id } from './schemas.ts'

/** Who is subscribed. Which of the optional fields there are depends on the version of the API that was asked. */
export interface SubscriptionList {
  readonly applicationId: string
  /** All of them: X does not page this list. */
  readonly subscriptions: readonly Subscription[]
  /** In v2 and enterprise, where a subscription is to one webhook. */
  readonly webhookId?: string
  readonly webhookUrl?: string
  /** In premium, where a subscription is to all webhooks of an environment. */
  readonly environment?: string
}

/** Who is subscribed to a webhook, in v2 and enterprise. */
export interface WebhookSubscriptionList extends SubscriptionList {
  readonly webhookId: string
  readonly webhookUrl: string
}

/** Who is subscribed to the webhooks of an environment, in premium. */
export interface EnvironmentSubscriptionList extends SubscriptionList {
  readonly environment: string
}

/** One subscribed account. */
export interface Subscription {
  readonly userId: string
}

const users = z.optional(z.nullable(z.array(z.looseObject({ user_id: id }))))
const ofWebhook = z.looseObject({ application_id: id, webhook_id: id, webhook_url: z.string(), subscriptions: users })
const ofEnvironment = z.looseObject({ application_id: id, environment: z.string(), subscriptions: users })

/** A list as v2 and enterprise write it. */
export const webhookSubscriptionList: z.ZodMiniType<WebhookSubscriptionList> = z.pipe(
  ofWebhook,
  z.transform((list: z.infer<typeof ofWebhook>) => ({
    applicationId: list.application_id,
    webhookId: list.webhook_id,
    webhookUrl: list.webhook_url,
    subscriptions: toSubscriptions(list.subscriptions),
  })),
)

/** A list as premium writes it. */
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
