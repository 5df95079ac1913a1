import { proposeEventTypes } from '../../completion/propose.ts'
import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { parseId } from '../../input/parse-ids.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

type AddFlags = OutputFlags &
  ConnectionFlags & {
    readonly userId?: string
    readonly keyword?: string
    readonly direction?: 'inbound' | 'outbound'
    readonly tag?: string
    readonly webhookId?: string
    readonly expiresAt?: string
  }

/** Subscribes to an event type of the X Activity API. */
export const addCommand = defineCommand<AddFlags, [eventType: string]>({
  brief: 'Subscribe to an event type of the X Activity API',
  description: `A public event type, such as post.create, needs no user. A private one, such as dm.received, needs the access token of
the account of --user-id. Without --webhook-id, X sends the events to open streams only: see "activity stream".
A subscription that the app has already is not an error.`,
  examples: [
    'x-account-activity activity subscriptions add post.create --user-id 2244994945',
    'x-account-activity activity subscriptions add news.new --keyword space --tag press --webhook-id 1146654567674912769',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      userId: {
        kind: 'parsed',
        parse: parseId,
        brief: 'The account whose activity is delivered',
        placeholder: 'id',
        optional: true,
      },
      keyword: { kind: 'parsed', parse: String, brief: 'The keyword of news.new', placeholder: 'text', optional: true },
      direction: {
        kind: 'enum',
        values: ['inbound', 'outbound'],
        brief: 'Who acts: another account, or the account itself; without it, both',
        optional: true,
      },
      tag: {
        kind: 'parsed',
        parse: String,
        brief: 'A text that X repeats in every delivery',
        placeholder: 'text',
        optional: true,
      },
      webhookId: {
        kind: 'parsed',
        parse: parseId,
        brief: 'The webhook that X delivers to',
        placeholder: 'id',
        optional: true,
      },
      expiresAt: {
        kind: 'parsed',
        parse: String,
        brief: 'When it ends, in ISO 8601 with a time zone; without it, it does not end',
        placeholder: 'time',
        optional: true,
      },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'The event type', placeholder: 'eventType', parse: String, proposeCompletions: proposeEventTypes },
      ],
    },
  },
  async run(run, eventType) {
    const { userId, keyword, direction, tag, webhookId, expiresAt } = run.flags
    const client = await createV2Client(run)
    const subscription = await client.activity.subscriptions.create(
      { eventType, filter: { userId, keyword, direction }, tag, webhookId, expiresAt },
      { signal: run.signal },
    )
    run.output.print(subscription, () => `Subscribed to ${eventType} as ${subscription.id}.`)
    if (subscription.webhookId === undefined) {
      run.output.note('X sends the events to open streams only. Next: x-account-activity activity stream')
    }
  },
})
