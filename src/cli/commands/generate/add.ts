import { defineCommand } from '../../define-command.ts'
import type { UpdateFlags } from '../../generate/run/run-update.ts'
import { outputFlags } from '../../output/output.ts'
import { dryRunFlag, generatedOutFlag } from './flags.ts'

/** Adds the handler of an event to a folder that was generated. */
export const generateAddCommand = defineCommand<UpdateFlags, [event: string]>({
  brief: 'Add a handler to generated ones',
  description: `Adds the handler of an event to a folder of "generate handlers", with its test. Your changes stay: what is new is
merged into them. Exits with 3 when a place has to be decided by you; it is marked as Git marks conflicts.`,
  examples: ['x-account-activity generate add like --out src/webhook'],
  parameters: {
    flags: { ...outputFlags, ...generatedOutFlag, ...dryRunFlag },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'The event, as in --events of "generate handlers"', placeholder: 'event', parse: String }],
    },
  },
  async run(run, event) {
    const [{ runUpdate }, { addEvent }] = await Promise.all([
      import('../../generate/run/run-update.ts'),
      import('../../generate/update.ts'),
    ])
    await runUpdate(run, addEvent(event))
  },
})
