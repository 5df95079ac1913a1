import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'
import { printable } from '../../output/printable.ts'

/** Counts the subscriptions of the app. */
export const countCommand = defineCommand<OutputFlags & ApiFlags>({
  brief: 'Count the subscriptions of the app, and those that the plan allows',
  examples: ['x-account-activity subscriptions count', 'x-account-activity subscriptions count --json'],
  parameters: { flags: { ...outputFlags, ...apiFlags } },
  async run(run) {
    const client = await createApiClient(run)
    const count = await client.subscriptions.count({ signal: run.signal })
    run.output.print(
      count,
      () =>
        `${printable(count.accountName)}: ${count.subscriptionsCountAll} of ${count.provisionedCount} subscriptions`,
    )
  },
})
