import { proposeWebhookIds } from '../../completion/propose.ts'
import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { confirm, type YesFlag, yesFlag } from '../../input/confirm.ts'
import { parseId } from '../../input/parse-ids.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Deletes a webhook. */
export const deleteCommand = defineCommand<OutputFlags & ApiFlags & YesFlag, [webhookId: string]>({
  brief: 'Delete a webhook and all its subscriptions',
  description: `Deletes a webhook and all its subscriptions. If you register the same URL again, the webhook gets a new id and has no
subscriptions.`,
  examples: ['x-account-activity webhooks delete 1146654567674912769 --yes'],
  parameters: {
    flags: { ...outputFlags, ...apiFlags, ...yesFlag },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'The id of the webhook',
          placeholder: 'webhookId',
          parse: parseId,
          proposeCompletions: proposeWebhookIds,
        },
      ],
    },
  },
  async run(run, id) {
    const client = await createApiClient(run, { needsUser: run.flags.api !== 'v2' })
    await confirm(run, `Delete webhook ${id} and all its subscriptions?`)
    await client.webhooks.delete(id, { signal: run.signal })
    run.output.print({ id, deleted: true }, () => `Deleted webhook ${id}.`)
  },
})
