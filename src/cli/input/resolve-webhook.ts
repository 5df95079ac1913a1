import type { AccountActivityClient } from '../../entries/index.ts'
import { CliError, usageError } from '../cli-error.ts'
import { proposeWebhookIds } from '../completion/propose.ts'
import type { CommandRun } from '../define-command.ts'
import { parseId } from './parse-ids.ts'

/** An optional id of a webhook, as an argument. */
export const webhookIdArgument = {
  brief: 'The id of the webhook; not needed where the app has one webhook',
  placeholder: 'webhookId',
  parse: parseId,
  optional: true,
  proposeCompletions: proposeWebhookIds,
} as const

/** The id that was given, or that of the only webhook of the app. */
export async function resolveWebhookId(
  { signal }: Pick<CommandRun<object>, 'signal'>,
  client: Pick<AccountActivityClient, 'webhooks'>,
  given: string | undefined,
): Promise<string> {
  if (given !== undefined) return given
  const [first, ...others] = await client.webhooks.list({ signal })
  if (first === undefined) {
    throw new CliError('webhook_missing', 'The app has no webhook.', {
      hint: 'Register one: x-account-activity webhooks create <url>',
    })
  }
  if (others.length === 0) return first.id
  const ids = [first, ...others].map(({ id, url }) => `${id} (${url})`)
  throw usageError(
    `The app has ${ids.length} webhooks, so the id of the webhook is needed.`,
    `Pass one of: ${ids.join(', ')}.`,
  )
}
