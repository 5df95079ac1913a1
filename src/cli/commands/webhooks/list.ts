import { createApiClient } from '../../credentials/create-client.ts'
import { type ApiFlags, apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'
import { printable } from '../../output/printable.ts'
import { formatTime } from '../../output/times.ts'

/** Lists the webhooks of the app. */
export const listCommand = defineCommand<OutputFlags & ApiFlags>({
  brief: 'List the webhooks of the app',
  description: `Lists the webhooks of the app, or with --api premium those of the environment. A webhook that is not valid gets no
deliveries: X disabled it after a failed CRC. "webhooks validate" enables it again.`,
  examples: ['x-account-activity webhooks list', 'x-account-activity webhooks list --json'],
  parameters: { flags: { ...outputFlags, ...apiFlags } },
  async run(run) {
    const client = await createApiClient(run)
    const webhooks = await client.webhooks.list({ signal: run.signal })
    const { style } = run.output
    run.output.table(
      { webhooks },
      {
        rows: webhooks,
        columns: [
          { header: 'ID', cell: ({ id }) => id },
          { header: 'VALID', cell: ({ valid }) => (valid ? style('green', 'yes') : style('red', 'no')) },
          { header: 'URL', cell: ({ url }) => printable(url) },
          { header: 'CREATED', cell: ({ createdAt }) => (createdAt === undefined ? '' : formatTime(createdAt)) },
        ],
        empty: 'The app has no webhook. Register one: x-account-activity webhooks create <url>',
      },
    )
    if (webhooks.some(({ valid }) => !valid)) {
      run.output.note('A webhook is not valid, so X sends it nothing. Next: x-account-activity webhooks validate <id>')
    }
  },
})
