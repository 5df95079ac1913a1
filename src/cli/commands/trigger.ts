import { credentialFlags } from '../credentials/credential-flags.ts'
import { defineCommand } from '../define-command.ts'
import { parseUrl } from '../input/parse-ids.ts'
import { outputFlags } from '../output/output.ts'
import type { TriggerFlags } from '../trigger/run-trigger.ts'

/** Sends a delivery that looks like one of X. */
export const triggerCommand = defineCommand<TriggerFlags, [name?: string]>({
  brief: 'Send a delivery of any event type to a webhook',
  description: `Sends a realistic delivery of any event type of any API, signed with X_CONSUMER_SECRET, and with
X_CLIENT_SECRET if it is set. Without --to, it goes to the webhook of "dev" or "listen" on this machine. Without
X_CONSUMER_SECRET, a webhook on this machine gets the signature of the emulator, which "dev" accepts.

The name is an event type, such as tweet_create or post.mention.create, or a kind of activity, such as mention or message:
then the event is one of the Account Activity API. --set changes the body: values are JSON, or text. Exits with 1 when the
answer is not 2xx.`,
  examples: [
    'x-account-activity trigger mention',
    "x-account-activity trigger tweet_create --variant media --set 'tweet_create_events[0].text=Good morning'",
    'x-account-activity trigger dm.received --to http://localhost:3000/webhook --count 3',
    'x-account-activity trigger --list',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...credentialFlags,
      to: { kind: 'parsed', parse: parseUrl, brief: 'The URL of the webhook', placeholder: 'url', optional: true },
      count: {
        kind: 'parsed',
        parse: parseCount,
        brief: 'How many deliveries are sent, one after the other',
        placeholder: 'number',
        default: '1',
      },
      set: {
        kind: 'parsed',
        parse: String,
        brief: 'A change of the body; repeatable',
        placeholder: 'path=value',
        optional: true,
        variadic: true,
      },
      variant: {
        kind: 'parsed',
        parse: String,
        brief: 'The form of the event, such as media; --list shows all',
        placeholder: 'name',
        optional: true,
      },
      list: { kind: 'boolean', brief: 'List all names and variants', default: false, withNegated: false },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'The event type, or the kind of activity',
          placeholder: 'type',
          parse: String,
          optional: true,
          async proposeCompletions(partial: string) {
            const { activityKinds, eventTypes } = await import('../../entries/events.ts')
            return [...activityKinds, ...eventTypes].filter((name) => name.startsWith(partial))
          },
        },
      ],
    },
  },
  async run(run, name) {
    const { runTrigger } = await import('../trigger/run-trigger.ts')
    await runTrigger(run, name)
  },
})

/** @throws RangeError when it is not a number from 1 to 10,000. */
function parseCount(text: string): number {
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (!(count >= 1 && count <= 10_000)) throw new RangeError(`A count is a number from 1 to 10,000, got "${text}".`)
  return count
}
