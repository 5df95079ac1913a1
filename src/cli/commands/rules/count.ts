import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Counts the rules of the filtered stream. */
export const countCommand = defineCommand<OutputFlags & ConnectionFlags>({
  brief: 'Count the rules of the filtered stream, and those that the plan allows',
  examples: ['x-account-activity rules count', 'x-account-activity rules count --json'],
  parameters: { flags: { ...outputFlags, ...connectionFlags } },
  async run(run) {
    const client = await createV2Client(run)
    const counts = await client.filteredStream.rules.counts({ signal: run.signal })
    run.output.print(counts, () =>
      [
        `This app: ${counts.app.ruleCount} of ${counts.capPerApp} rules`,
        `The project: ${counts.projectRuleCount} of ${counts.capPerProject} rules`,
      ].join('\n'),
    )
  },
})
