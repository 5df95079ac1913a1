import { usageError } from '../../cli-error.ts'
import { proposeActivitySubscriptionIds } from '../../completion/propose.ts'
import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { parseId } from '../../input/parse-ids.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

type UpdateFlags = OutputFlags & ConnectionFlags & { readonly tag?: string; readonly webhookId?: string }

/** Changes a subscription of the X Activity API. */
export const updateCommand = defineCommand<UpdateFlags, [id: string]>({
  brief: 'Change the tag or the webhook of an activity subscription',
  description: 'The event type and the filter cannot be changed: add another subscription, and remove this one.',
  examples: ['x-account-activity activity subscriptions update 1146654567674912769 --tag press'],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      tag: { kind: 'parsed', parse: String, brief: 'The new tag', placeholder: 'text', optional: true },
      webhookId: { kind: 'parsed', parse: parseId, brief: 'The new webhook', placeholder: 'id', optional: true },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'The id of the subscription',
          placeholder: 'id',
          parse: parseId,
          proposeCompletions: proposeActivitySubscriptionIds,
        },
      ],
    },
  },
  async run(run, id) {
    const { tag, webhookId } = run.flags
    if (tag === undefined && webhookId === undefined) {
      throw usageError('There is nothing to change.', 'Pass --tag or --webhook-id.')
    }
    const client = await createV2Client(run)
    const changed = await client.activity.subscriptions.update(id, { tag, webhookId }, { signal: run.signal })
    run.output.print(changed, () => `Changed the activity subscription ${id}.`)
  },
})
