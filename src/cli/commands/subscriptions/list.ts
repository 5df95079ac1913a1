import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { resolveWebhookId, webhookIdArgument } from '../../input/resolve-webhook.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Lists the subscribed users. */
export const listCommand = defineCommand<OutputFlags & ApiFlags, [webhookId?: string]>({
  brief: 'List the users who are subscribed to a webhook',
  examples: ['x-account-activity subscriptions list', 'x-account-activity subscriptions list 1146654567674912769'],
  parameters: {
    flags: { ...outputFlags, ...apiFlags },
    positional: { kind: 'tuple', parameters: [webhookIdArgument] },
  },
  async run(run, given) {
    const client = await createApiClient(run)
    const webhookId = await resolveWebhookId(run, client, given)
    const { subscriptions } = await client.subscriptions.list(webhookId, { signal: run.signal })
    run.output.table(
      { webhookId, subscriptions },
      {
        rows: subscriptions,
        columns: [{ header: 'USER ID', cell: ({ userId }) => userId }],
        empty: `No user is subscribed to webhook ${webhookId}. Subscribe one: x-account-activity subscriptions add ${webhookId}`,
      },
    )
  },
})
