import { usageError } from '../../cli-error.ts'
import { apiFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { yesFlag } from '../../input/confirm.ts'
import { parseId } from '../../input/parse-ids.ts'
import { outputFlags } from '../../output/output.ts'
import type { SyncFlags } from '../../subscriptions/sync-flags.ts'

/** Subscribes the users of a file. */
export const syncCommand = defineCommand<SyncFlags, string[]>({
  brief: 'Subscribe the users of a file to a webhook',
  description: `The file has the access tokens of the users: a JSON array of { "accessToken", "accessTokenSecret" }, or CSV with these
headers. "-" reads standard input. The id of the webhook is not needed where the app has one webhook.
It shows the plan and asks before it changes something. Without a terminal and without --yes it exits with 1 and changes
nothing. With --dry-run it exits with 3 when there is something to change.`,
  examples: [
    'x-account-activity subscriptions sync users.json --dry-run',
    'x-account-activity subscriptions sync 1146654567674912769 users.csv --yes',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...apiFlags,
      ...yesFlag,
      prune: {
        kind: 'boolean',
        brief: 'Unsubscribe the users who are not in the file',
        default: false,
        withNegated: false,
      },
      dryRun: { kind: 'boolean', brief: 'Show the plan only', default: false, withNegated: false },
    },
    positional: {
      kind: 'array',
      minimum: 1,
      maximum: 2,
      parameter: { brief: 'The id of the webhook, and the file', placeholder: 'argument', parse: String },
    },
  },
  async run(run, ...args) {
    const file = args.at(-1)
    if (file === undefined) throw usageError('The file is missing.')
    const { syncFile } = await import('../../subscriptions/sync-file.ts')
    await syncFile(run, { file, webhookId: args.length === 2 ? readId(args[0] ?? '') : undefined })
  },
})

function readId(text: string): string {
  try {
    return parseId(text)
  } catch (error) {
    throw usageError((error as Error).message)
  }
}
