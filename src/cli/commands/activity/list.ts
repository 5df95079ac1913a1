import type { ActivitySubscription } from '../../../entries/index.ts'
import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { parseId } from '../../input/parse-ids.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'
import { printable } from '../../output/printable.ts'
import { formatTime } from '../../output/times.ts'

type ListFlags = OutputFlags & ConnectionFlags & { readonly userId?: string }

/** Lists the subscriptions of the X Activity API. */
export const listCommand = defineCommand<ListFlags>({
  brief: 'List the activity subscriptions of the app',
  examples: [
    'x-account-activity activity subscriptions list',
    'x-account-activity activity subscriptions list --user-id 2244994945 --json',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      userId: {
        kind: 'parsed',
        parse: parseId,
        brief: 'Only those of this account',
        placeholder: 'id',
        optional: true,
      },
    },
  },
  async run(run) {
    const client = await createV2Client(run)
    const subscriptions: ActivitySubscription[] = []
    const options = { userId: run.flags.userId, signal: run.signal }
    for await (const subscription of client.activity.subscriptions.list(options)) subscriptions.push(subscription)
    run.output.table(
      { subscriptions },
      {
        rows: subscriptions,
        columns: [
          { header: 'ID', cell: ({ id }) => id },
          { header: 'EVENT TYPE', cell: ({ eventType }) => printable(eventType) },
          { header: 'FILTER', cell: ({ filter }) => printable(describeFilter(filter)) },
          { header: 'TAG', cell: ({ tag }) => printable(tag ?? '') },
          { header: 'WEBHOOK', cell: ({ webhookId }) => webhookId ?? 'stream' },
          { header: 'EXPIRES', cell: ({ expiresAt }) => (expiresAt === undefined ? '' : formatTime(expiresAt)) },
        ],
        empty:
          'The app has no activity subscription. Add one: x-account-activity activity subscriptions add <eventType> --user-id <id>',
      },
    )
  },
})

function describeFilter({ userId, keyword, direction }: ActivitySubscription['filter']): string {
  return [userId, keyword, direction].filter((part) => part !== undefined).join(' ')
}
