import { exitCodes } from '../../cli-context.ts'
import { proposeRuleIds } from '../../completion/propose.ts'
import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { confirm, type YesFlag, yesFlag } from '../../input/confirm.ts'
import { parseId } from '../../input/parse-ids.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

/** Deletes rules of the filtered stream. */
export const removeCommand = defineCommand<OutputFlags & ConnectionFlags & YesFlag, string[]>({
  brief: 'Delete rules of the filtered stream',
  description: 'Exits with 1 when a rule was not deleted.',
  examples: ['x-account-activity rules remove 1146654567674912769 --yes'],
  parameters: {
    flags: { ...outputFlags, ...connectionFlags, ...yesFlag },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: {
        brief: 'The ids of the rules',
        placeholder: 'id',
        parse: parseId,
        proposeCompletions: proposeRuleIds,
      },
    },
  },
  async run(run, ...ids) {
    const client = await createV2Client(run)
    await confirm(run, `Delete the rules ${ids.join(', ')}?`)
    const result = await client.filteredStream.rules.delete(ids, { signal: run.signal })
    if (result.notDeleted > 0) run.setExitCode(exitCodes.failed)
    run.output.print(result, () => `Deleted ${result.deleted}, failed ${result.notDeleted}.`)
  },
})
