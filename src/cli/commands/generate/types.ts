import { defineCommand } from '../../define-command.ts'
import { languages } from '../../generate/options.ts'
import type { TypesFlags } from '../../generate/run/run-types.ts'
import { outputFlags } from '../../output/output.ts'
import { dryRunFlag, existingFlags } from './flags.ts'

/** Writes typed handlers for the events of a saved delivery. */
export const generateTypesCommand = defineCommand<TypesFlags>({
  brief: 'Generate typed handlers from a saved delivery',
  description: `Reads a delivery that was saved, and writes a typed handler for each of its events. The handler of an event that this
version does not know has the type of the saved payload, and checks its members. Without --out, the code is printed.`,
  examples: [
    'x-account-activity generate types --from delivery.json',
    'x-account-activity generate types --from delivery.json --out src/handlers',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      from: {
        kind: 'parsed',
        parse: String,
        brief: 'The file with the delivery, or - for standard input',
        placeholder: 'file',
      },
      out: { kind: 'parsed', parse: String, brief: 'The folder for the files', placeholder: 'folder', optional: true },
      language: { kind: 'enum', values: languages, brief: 'The language', default: 'typescript' },
      ...existingFlags,
      ...dryRunFlag,
    },
  },
  async run(run) {
    const { runTypes } = await import('../../generate/run/run-types.ts')
    await runTypes(run)
  },
})
