import { exitCodes } from '../../cli-context.ts'
import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { resolveWebhookId, webhookIdArgument } from '../../input/resolve-webhook.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Makes X check a webhook. */
export const validateCommand = defineCommand<OutputFlags & ApiFlags, [webhookId?: string]>({
  brief: 'Make X send a CRC request to a webhook now',
  description: `Enables a webhook that X disabled after a failed CRC. Then it reads from X whether the webhook is valid, and exits with 3
when it is not.`,
  examples: ['x-account-activity webhooks validate', 'x-account-activity webhooks validate 1146654567674912769'],
  parameters: {
    flags: { ...outputFlags, ...apiFlags },
    positional: { kind: 'tuple', parameters: [webhookIdArgument] },
  },
  async run(run, given) {
    const client = await createApiClient(run, { needsUser: run.flags.api !== 'v2' })
    const { signal } = run
    const id = await resolveWebhookId(run, client, given)
    const { attempted } = await client.webhooks.validate(id, { signal })
    const valid = (await client.webhooks.list({ signal })).find((webhook) => webhook.id === id)?.valid ?? false
    if (!valid) run.setExitCode(exitCodes.findings)
    run.output.print({ id, attempted, valid }, () =>
      valid ? `Webhook ${id} is valid.` : `Webhook ${id} is not valid: the CRC did not pass.`,
    )
    if (!valid) run.output.note('Next: x-account-activity doctor <url of the webhook>')
  },
})
