import { exitCodes } from '../../cli-context.ts'
import { proposeActivitySubscriptionIds } from '../../completion/propose.ts'
import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { confirm, type YesFlag, yesFlag } from '../../input/confirm.ts'
import { parseId } from '../../input/parse-ids.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'
import { printable } from '../../output/printable.ts'

/** Deletes subscriptions of the X Activity API. */
export const removeCommand = defineCommand<OutputFlags & ConnectionFlags & YesFlag, string[]>({
  brief: 'Delete activity subscriptions',
  description: 'Exits with 1 when one of them was not deleted.',
  examples: ['x-account-activity activity subscriptions remove 1146654567674912769 --yes'],
  parameters: {
    flags: { ...outputFlags, ...connectionFlags, ...yesFlag },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: {
        brief: 'The ids of the subscriptions',
        placeholder: 'id',
        parse: parseId,
        proposeCompletions: proposeActivitySubscriptionIds,
      },
    },
  },
  async run(run, ...ids) {
    const client = await createV2Client(run)
    await confirm(run, `Delete the activity subscriptions ${ids.join(', ')}?`)
    const result = await client.activity.subscriptions.deleteMany(ids, { signal: run.signal })
    if (result.failed.length > 0) run.setExitCode(exitCodes.failed)
    run.output.print(result, () =>
      [
        `Deleted ${result.deleted.length}, failed ${result.failed.length}.`,
        ...result.failed.map(({ id, reason, message }) => printable(`  ${id}: ${reason} ${message ?? ''}`)),
      ].join('\n'),
    )
  },
})
