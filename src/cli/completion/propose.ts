import type { Client } from '../../entries/index.ts'
import type { CliContext } from '../cli-context.ts'
import type { ConnectionFlags } from '../credentials/credential-flags.ts'
import { readCredentials } from '../credentials/read-credentials.ts'

/** Proposes the event types of the X Activity API that an app can subscribe to. */
export async function proposeEventTypes(this: CliContext, partial: string): Promise<readonly string[]> {
  const { xActivityEventTypes } = await import('../../entries/events.ts')
  return xActivityEventTypes.filter((type) => type.startsWith(partial))
}

/** Proposes the ids of the webhooks of the app. */
export function proposeWebhookIds(this: CliContext, partial: string): Promise<readonly string[]> {
  return askX(this, partial, async (client, signal) => (await client.webhooks.list({ signal })).map(({ id }) => id))
}

/** Proposes the ids of the activity subscriptions of the app. */
export function proposeActivitySubscriptionIds(this: CliContext, partial: string): Promise<readonly string[]> {
  return askX(this, partial, (client, signal) => idsOf(client.activity.subscriptions.list({ signal })))
}

/** Proposes the ids of the rules of the filtered stream. */
export function proposeRuleIds(this: CliContext, partial: string): Promise<readonly string[]> {
  return askX(this, partial, (client, signal) => idsOf(client.filteredStream.rules.list({ signal })))
}

/** How long a person waits for a completion. */
const timeLimitMs = 2_000

/** Asks X with the credentials of the command line. Without an answer in time, there are no proposals. */
async function askX(
  context: CliContext,
  partial: string,
  list: (client: Client, signal: AbortSignal) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeLimitMs)])
  try {
    const credentials = await readCredentials(context, flagsOf(context.completedWords ?? []))
    const { createClient } = await import('../../entries/index.ts')
    const client = createClient({
      consumerKey: credentials.require('X_CONSUMER_KEY'),
      consumerSecret: credentials.require('X_CONSUMER_SECRET'),
      bearerToken: credentials.get('X_BEARER_TOKEN'),
      baseUrl: credentials.get('X_BASE_URL'),
      fetch: context.fetch,
      now: context.now,
      retry: false,
    })
    return (await list(client, signal)).filter((id) => id.startsWith(partial))
  } catch {
    return []
  }
}

async function idsOf(items: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of items) ids.push(id)
  return ids
}

/** The flags of the line that decide which credentials are used. */
function flagsOf(words: readonly string[]): ConnectionFlags {
  const valueAfter = (flag: string) => {
    const index = words.lastIndexOf(flag)
    return index === -1 ? undefined : words[index + 1]
  }
  const [env, profile, baseUrl] = ['--env', '--profile', '--base-url'].map(valueAfter)
  return {
    ...(env !== undefined && { env }),
    ...(profile !== undefined && { profile }),
    ...(baseUrl !== undefined && { baseUrl }),
  }
}
