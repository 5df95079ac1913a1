import type { StreamRule } from '../../../entries/index.ts'
import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'
import { printable } from '../../output/printable.ts'

/** Lists the rules of the filtered stream. */
export const listCommand = defineCommand<OutputFlags & ConnectionFlags>({
  brief: 'List the rules of the filtered stream',
  examples: ['x-account-activity rules list', 'x-account-activity rules list --json'],
  parameters: { flags: { ...outputFlags, ...connectionFlags } },
  async run(run) {
    const client = await createV2Client(run)
    const rules: StreamRule[] = []
    for await (const rule of client.filteredStream.rules.list({ signal: run.signal })) rules.push(rule)
    run.output.table(
      { rules },
      {
        rows: rules,
        columns: [
          { header: 'ID', cell: ({ id }) => id },
          { header: 'TAG', cell: ({ tag }) => printable(tag ?? '') },
          { header: 'RULE', cell: ({ value }) => printable(value) },
        ],
        empty: 'The filtered stream has no rule. Add one: x-account-activity rules add "from:XDevelopers"',
      },
    )
  },
})
