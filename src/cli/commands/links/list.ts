import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'
import { printable } from '../../output/printable.ts'
import { formatTime } from '../../output/times.ts'

/** Lists the links between webhooks and the filtered stream. */
export const listCommand = defineCommand<OutputFlags & ConnectionFlags>({
  brief: 'List the webhooks that are linked to the filtered stream',
  examples: ['x-account-activity links list', 'x-account-activity links list --json'],
  parameters: { flags: { ...outputFlags, ...connectionFlags } },
  async run(run) {
    const client = await createV2Client(run)
    const links = await client.filteredStream.links.list({ signal: run.signal })
    run.output.table(
      { links },
      {
        rows: links,
        columns: [
          { header: 'WEBHOOK', cell: ({ webhookId }) => webhookId },
          { header: 'FIELDS', cell: ({ fields }) => printable(describeFields(fields)) },
          { header: 'CREATED', cell: ({ createdAt }) => (createdAt === undefined ? '' : formatTime(createdAt)) },
        ],
        empty: 'No webhook is linked to the filtered stream. Link one: x-account-activity links add',
      },
    )
  },
})

function describeFields(fields: object): string {
  return Object.entries(fields)
    .map(([name, values]) => `${name}=${String(values)}`)
    .join(' ')
}
