import { defineCommand } from '../define-command.ts'
import { defaultEventsPort } from '../listen/listen-flags.ts'
import { outputFlags } from '../output/output.ts'
import type { WaitFlags } from '../wait/run-wait.ts'

/** Waits for an event, for tests in any language. */
export const waitCommand = defineCommand<WaitFlags>({
  brief: 'Wait for an event that "dev" or "listen" receives',
  description: `Waits until "dev" or "listen" has received an event, and prints it as a line of JSON. An event that has arrived
before counts, too, so a test loses nothing between its act and the wait. With --since, only events that arrived after the
one with this id count: pass the id that the last wait printed.

The events come from the process that runs on this machine, at X_EVENTS_URL or port ${defaultEventsPort}, which keeps the last thousand,
or from the folder of "listen --save". Exits with 1 when the time is over.`,
  examples: [
    'x-account-activity wait --type mention --timeout 10s',
    'x-account-activity wait --type message --since direct_message:11:22',
    'x-account-activity wait --type follow.follow --from deliveries',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      type: {
        kind: 'parsed',
        parse: String,
        brief: 'The event type, or the kind of activity',
        placeholder: 'type',
        optional: true,
        async proposeCompletions(partial: string) {
          const { activityKinds, eventTypes } = await import('../../entries/events.ts')
          return [...activityKinds, ...eventTypes].filter((name) => name.startsWith(partial))
        },
      },
      id: { kind: 'parsed', parse: String, brief: 'The id of the event', placeholder: 'id', optional: true },
      since: {
        kind: 'parsed',
        parse: String,
        brief: 'The id of an event: only later ones count',
        placeholder: 'id',
        optional: true,
      },
      from: {
        kind: 'parsed',
        parse: String,
        brief: 'The URL of the events, or a folder of deliveries',
        placeholder: 'source',
        optional: true,
      },
      timeout: {
        kind: 'parsed',
        parse: parseDuration,
        brief: 'How long to wait, such as 500ms, 10s or 2m',
        placeholder: 'time',
        default: '10s',
      },
    },
  },
  async run(run) {
    const { runWait } = await import('../wait/run-wait.ts')
    await runWait(run)
  },
})

const units = { ms: 1, s: 1000, m: 60_000 } as const

/** @throws RangeError when it is not a time of at most an hour. */
function parseDuration(text: string): number {
  const [, number, unit = 's'] = /^(\d{1,7})(ms|s|m)?$/.exec(text) ?? []
  const ms = number === undefined ? Number.NaN : Number(number) * units[unit as keyof typeof units]
  if (!(ms <= 3_600_000)) throw new RangeError(`A time is written as 500ms, 10s or 2m, at most 60m, got "${text}".`)
  return ms
}
