import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { resolveWebhookId, webhookIdArgument } from '../../input/resolve-webhook.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Subscribes the user of the credentials. */
export const addCommand = defineCommand<OutputFlags & ApiFlags, [webhookId?: string]>({
  brief: 'Subscribe a user to a webhook',
  description: `Subscribes the user whose access token is used: see "whoami --check". X then sends the activity of this user to the
webhook. A user who is subscribed already is not an error.`,
  examples: ['x-account-activity subscriptions add', 'x-account-activity subscriptions add 1146654567674912769 --json'],
  parameters: {
    flags: { ...outputFlags, ...apiFlags },
    positional: { kind: 'tuple', parameters: [webhookIdArgument] },
  },
  async run(run, given) {
    const client = await createApiClient(run, { needsUser: true })
    const webhookId = await resolveWebhookId(run, client, given)
    const outcome = await client.subscriptions.ensure(webhookId, { signal: run.signal })
    run.output.print({ webhookId, outcome }, () =>
      outcome === 'created'
        ? `Subscribed the user to webhook ${webhookId}.`
        : `The user was subscribed to webhook ${webhookId} already.`,
    )
    if (outcome === 'created') run.output.note('The first events may take 10 to 30 seconds.')
  },
})
