import { exitCodes } from '../../cli-context.ts'
import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'
import { printable } from '../../output/printable.ts'

type AddFlags = OutputFlags & ConnectionFlags & { readonly tag?: string; readonly dryRun: boolean }

/** Adds rules to the filtered stream. */
export const addCommand = defineCommand<AddFlags, string[]>({
  brief: 'Add rules to the filtered stream',
  description: `X delivers each public post that matches a rule to the linked webhooks: see "links". A rule that is wrong does not stop
the others. Exits with 1 when a rule was not added.`,
  examples: [
    'x-account-activity rules add "from:XDevelopers has:links" --tag press',
    'x-account-activity rules add "cats has:media" --dry-run',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      tag: {
        kind: 'parsed',
        parse: String,
        brief: 'A label that X repeats with each post that matches',
        placeholder: 'text',
        optional: true,
      },
      dryRun: { kind: 'boolean', brief: 'Let X check the rules, and add none', default: false, withNegated: false },
    },
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: { brief: 'The rules, each in quotes', placeholder: 'rule', parse: String },
    },
  },
  async run(run, ...values) {
    const { tag, dryRun } = run.flags
    const client = await createV2Client(run)
    const rules = values.map((value) => ({ value, tag }))
    const result = await client.filteredStream.rules.add(rules, { dryRun, signal: run.signal })
    if (result.failed.length > 0) run.setExitCode(exitCodes.failed)
    run.output.print(result, () =>
      [
        `${dryRun ? 'X accepts' : 'Added'} ${result.added.length}, failed ${result.failed.length}.`,
        ...result.added.map(({ id, value }) => printable(`  ${id}  ${value}`)),
        ...result.failed.map(({ value, reason }) => printable(`  ${value}: ${reason}`)),
      ].join('\n'),
    )
  },
})
