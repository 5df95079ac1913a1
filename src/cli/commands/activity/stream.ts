import { createV2Client } from '../../credentials/create-client.ts'
import { type ConnectionFlags, connectionFlags } from '../../credentials/credential-flags.ts'
import { defineCommand } from '../../define-command.ts'
import { type OutputFlags, outputFlags } from '../../output/output.ts'

type StreamFlags = OutputFlags &
  ConnectionFlags & {
    readonly backfillMinutes?: number
    readonly limit?: number
  }

/** Prints the events of the stream of the X Activity API. */
export const streamCommand = defineCommand<StreamFlags>({
  brief: 'Print the events of all activity subscriptions as they happen',
  description: `Keeps the stream open until Ctrl-C, and opens it again after a fault. With --json, each event is one line, with its id
and its type. It needs no webhook.`,
  examples: ['x-account-activity activity stream --limit 1', 'x-account-activity activity stream --json --limit 1'],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      backfillMinutes: {
        kind: 'parsed',
        parse: parseCount,
        brief: 'How many minutes X sends again at each connection, from 0 to 5; only with an Enterprise plan',
        placeholder: 'minutes',
        optional: true,
      },
      limit: {
        kind: 'parsed',
        parse: parseCount,
        brief: 'End after so many events',
        placeholder: 'count',
        optional: true,
      },
    },
  },
  async run(run) {
    const { backfillMinutes, limit = Number.POSITIVE_INFINITY } = run.flags
    const { formatEventLine, toEventRecord } = await import('../../output/event-line.ts')
    const client = await createV2Client(run)
    const { note, print, style } = run.output
    const width = run.process.stdout.columns
    const on = {
      connect: () => note('Connected. Waiting for events. Ctrl-C ends the stream.'),
      disconnect: ({ reason }: { reason: string }) => note(`Disconnected (${reason}). Connecting again.`),
    }
    note('Connecting. X may take 20 seconds to respond.')
    let printed = 0
    for await (const { events } of client.activity.stream({ backfillMinutes, signal: run.signal, on })) {
      for (const event of events) {
        print(toEventRecord(event), () => formatEventLine(event, { style, at: run.now(), width }))
        printed += 1
        if (printed >= limit) return
      }
    }
  },
})

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`"${text}" is not a whole number.`)
  return Number(text)
}
