import { defineCommand } from '../../define-command.ts'
import type { UpdateFlags } from '../../generate/run/run-update.ts'
import { outputFlags } from '../../output/output.ts'
import { dryRunFlag, generatedOutFlag } from './flags.ts'

/** Brings newer templates into a folder that was generated. */
export const generateUpdateCommand = defineCommand<UpdateFlags>({
  brief: 'Bring newer templates into generated handlers',
  description: `Generates a folder of "generate handlers" again, with the same options and the templates of this version. Your
changes stay: what is new is merged into them. Exits with 3 when a place has to be decided by you; it is marked as Git marks
conflicts.`,
  examples: ['x-account-activity generate update --out src/webhook'],
  parameters: { flags: { ...outputFlags, ...generatedOutFlag, ...dryRunFlag } },
  async run(run) {
    const { runUpdate } = await import('../../generate/run/run-update.ts')
    await runUpdate(run)
  },
})
