import { defineCommand } from '../../define-command.ts'
import { apis, frameworks, languages, stores, testRunners } from '../../generate/options.ts'
import type { HandlersFlags } from '../../generate/run/run-handlers.ts'
import { outputFlags } from '../../output/output.ts'
import { dryRunFlag, existingFlags } from './flags.ts'

/** Writes handlers, the server around them and their test into a folder. */
export const generateHandlersCommand = defineCommand<HandlersFlags>({
  brief: 'Generate handlers for events, with a server and tests',
  description: `Writes a file with a handler for each event, the server of a framework, a test that sends each handler a signed
delivery, and a README. Asks for what is missing when a person is at the terminal. All files are under --out. A file that you
have changed is only replaced when you say so.`,
  examples: [
    'x-account-activity generate handlers --framework node --api both --events mention,message,follow --out src/webhook',
    'x-account-activity generate handlers --framework express --api activity --events dm.received --out src/x --dry-run',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      framework: { kind: 'enum', values: frameworks, brief: 'The framework of the server', optional: true },
      api: { kind: 'enum', values: apis, brief: 'The API that delivers the events', optional: true },
      events: {
        kind: 'parsed',
        parse: splitNames,
        brief: 'Kinds of activities such as mention,message,follow; with one API, also types of events',
        placeholder: 'names',
        optional: true,
      },
      store: {
        kind: 'enum',
        values: stores,
        brief: 'Where handled events are remembered (default: memory)',
        optional: true,
      },
      tests: {
        kind: 'enum',
        values: testRunners,
        brief: 'The test runner (default: that of the project, else node)',
        optional: true,
      },
      language: { kind: 'enum', values: languages, brief: 'The language (default: typescript)', optional: true },
      out: { kind: 'parsed', parse: String, brief: 'The folder for the files', placeholder: 'folder', optional: true },
      ...existingFlags,
      ...dryRunFlag,
    },
  },
  async run(run) {
    const { runHandlers } = await import('../../generate/run/run-handlers.ts')
    await runHandlers(run)
  },
})

function splitNames(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
