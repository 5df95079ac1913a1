import { usageError } from '../../cli-error.ts'
import { proposeWebhookIds } from '../../completion/propose.ts'
import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { confirm, type YesFlag, yesFlag } from '../../input/confirm.ts'
import { parseId } from '../../input/parse-ids.ts'
import { resolveWebhookId } from '../../input/resolve-webhook.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Deletes the subscription of any user. */
export const removeCommand = defineCommand<OutputFlags & ApiFlags & YesFlag, string[]>({
  brief: 'Unsubscribe a user from a webhook',
  description: `Takes the id of the webhook and the id of the user. The id of the webhook is not needed where the app has one webhook.
It needs no token of the user.`,
  examples: [
    'x-account-activity subscriptions remove 1146654567674912769 2244994945 --yes',
    'x-account-activity subscriptions remove 2244994945 --yes',
  ],
  parameters: {
    flags: { ...outputFlags, ...apiFlags, ...yesFlag },
    positional: {
      kind: 'array',
      minimum: 1,
      maximum: 2,
      parameter: {
        brief: 'The id of the webhook, and that of the user',
        placeholder: 'id',
        parse: parseId,
        proposeCompletions: proposeWebhookIds,
      },
    },
  },
  async run(run, ...ids) {
    const userId = ids.at(-1)
    if (userId === undefined) throw usageError('The id of the user is missing.')
    const client = await createApiClient(run)
    const webhookId = await resolveWebhookId(run, client, ids.length === 2 ? ids[0] : undefined)
    await confirm(run, `Unsubscribe user ${userId} from webhook ${webhookId}?`)
    await client.subscriptions.delete(webhookId, userId, { signal: run.signal })
    run.output.print(
      { webhookId, userId, removed: true },
      () => `Unsubscribed user ${userId} from webhook ${webhookId}.`,
    )
  },
})
