import { proposeWebhookIds } from '../../completion/propose.ts'
import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { confirm, type YesFlag, yesFlag } from '../../input/confirm.ts'
import { parseId } from '../../input/parse-ids.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Deletes the link of a webhook. */
export const removeCommand = defineCommand<OutputFlags & ConnectionFlags & YesFlag, [webhookId: string]>({
  brief: 'Delete the link between a webhook and the filtered stream',
  description: 'The webhook and the rules stay.',
  examples: ['x-account-activity links remove 1146654567674912769 --yes'],
  parameters: {
    flags: { ...outputFlags, ...connectionFlags, ...yesFlag },
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
  async run(run, webhookId) {
    const client = await createV2Client(run)
    await confirm(run, `Delete the link of webhook ${webhookId}?`)
    await client.filteredStream.links.delete(webhookId, { signal: run.signal })
    run.output.print({ webhookId, removed: true }, () => `Deleted the link of webhook ${webhookId}.`)
  },
})
