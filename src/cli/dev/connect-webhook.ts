import { createClient } from '../../entries/index.ts'
import type { AppVariables, TokenOwner } from '../local/app-variables.ts'

/** Registers the webhook at the emulator, and subscribes the accounts. A webhook of a saved state is used again. */
export async function connectWebhook(
  url: string,
  accounts: readonly TokenOwner[],
  variables: AppVariables,
): Promise<void> {
  const { X_BASE_URL: baseUrl, X_CONSUMER_KEY: consumerKey = '', X_CONSUMER_SECRET: consumerSecret = '' } = variables
  const client = createClient({ consumerKey, consumerSecret, baseUrl })
  const known = (await client.webhooks.list()).find((webhook) => webhook.url === url)
  const { id } = known ?? (await client.webhooks.create(url))
  if (known !== undefined) await client.webhooks.validate(id)
  for (const user of accounts) await client.subscriptions.ensure(id, { user })
}
