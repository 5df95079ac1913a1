import { isApiError } from '../errors/guards.ts'
import type { UserCallOptions } from './call-options.ts'

/** The two calls of one API version that {@link ensureSubscription} makes. */
interface SubscriptionVerbs<Api, User> {
  readonly checkSubscription: (api: Api, webhookId: string, options?: UserCallOptions<User>) => Promise<boolean>
  readonly createSubscription: (api: Api, webhookId: string, options?: UserCallOptions<User>) => Promise<void>
}

/**
 * Checks a subscription, and creates it if it is missing. It does not only try to create it, because some servers accept
 * a second subscription of the same user without an error.
 */
export async function ensureSubscription<Api, User>(
  api: Api,
  { checkSubscription, createSubscription }: SubscriptionVerbs<Api, User>,
  webhookId: string,
  options?: UserCallOptions<User>,
): Promise<'created' | 'present'> {
  if (await checkSubscription(api, webhookId, options)) return 'present'
  try {
    await createSubscription(api, webhookId, options)
    return 'created'
  } catch (error) {
    if (isApiError(error, 'subscriptions.create') && error.reason === 'DuplicateSubscriptionFailed') return 'present'
    throw error
  }
}
