import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { resolveWebhookId, webhookIdArgument } from '../../input/resolve-webhook.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Says whether the user of the credentials is subscribed. */
export const checkCommand = defineCommand<OutputFlags & ApiFlags, [webhookId?: string]>({
  brief: 'Check whether a user is subscribed to a webhook',
  description: 'Checks the user whose access token is used: see "whoami --check".',
  examples: ['x-account-activity subscriptions check', 'x-account-activity subscriptions check 1146654567674912769'],
  parameters: {
    flags: { ...outputFlags, ...apiFlags },
    positional: { kind: 'tuple', parameters: [webhookIdArgument] },
  },
  async run(run, given) {
    const client = await createApiClient(run, { needsUser: true })
    const webhookId = await resolveWebhookId(run, client, given)
    const subscribed = await client.subscriptions.check(webhookId, { signal: run.signal })
    run.output.print({ webhookId, subscribed }, () =>
      subscribed
        ? `The user is subscribed to webhook ${webhookId}.`
        : `The user is not subscribed to webhook ${webhookId}.`,
    )
    if (!subscribed) run.output.note(`Next: x-account-activity subscriptions add ${webhookId}`)
  },
})
