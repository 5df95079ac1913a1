import type { RequestListener } from 'node:http'
import { resolve } from 'node:path'
import type { Receiver } from '../../entries/receiver.ts'
import type { CommandRun } from '../define-command.ts'
import { type LocalServer, listenOnPort } from '../local/listen-on-port.ts'
import { formatEventLine, toEventRecord } from '../output/event-line.ts'
import type { Output, OutputFlags } from '../output/output.ts'
import { printable } from '../output/printable.ts'
import { createForwarder, type Forwarder, type ForwardResult, retrySchedules } from './create-forwarder.ts'
import { createListener, type ListenerSecrets, type ReceivedDelivery } from './create-listener.ts'
import { createEventFeed, type EventFeed } from './event-feed.ts'
import { parseForwardRules } from './forward-rules.ts'
import { defaultEventsPort, type ListenFlags } from './listen-flags.ts'
import { type DeliveryFolder, openDeliveryFolder } from './saved-deliveries.ts'

export interface ServeWebhookOptions {
  readonly secrets: ListenerSecrets
  readonly isVerifying: boolean
  /** Whether events are printed to standard error, because standard output belongs to a program. */
  readonly isStdoutTaken: boolean
  /** Called when a challenge was answered. */
  readonly onChallenge?: () => void
}

/** A webhook of this machine that prints, saves and forwards what it receives. */
export interface ServedWebhook {
  /** The URL of the webhook. */
  readonly url: string
  /** The URL of the latest events, for `wait`. */
  readonly eventsUrl: string
  readonly receiver: Receiver
  readonly close: () => Promise<void>
}

/**
 * Serves a webhook until it is closed.
 *
 * @throws CliError when a flag is wrong, or a port cannot be used.
 */
export async function serveWebhook(
  run: CommandRun<OutputFlags & ListenFlags>,
  { secrets, isVerifying, isStdoutTaken, onChallenge = () => undefined }: ServeWebhookOptions,
): Promise<ServedWebhook> {
  const { flags, output } = run
  const rules = parseForwardRules(flags.forward ?? [])
  const folder = flags.save === undefined ? undefined : await openDeliveryFolder(resolve(run.cwd, flags.save))
  const feed = createEventFeed()
  const stopped = new AbortController()
  const refusals = createRefusalCounter(output)
  const forwarder = createForwarder(run, {
    rules,
    retries: retrySchedules[flags.retry],
    onResult: (result) => reportResult(output, result),
    onDropped: once(() =>
      output.warn('Your app is too slow: a thousand deliveries wait for it. More are printed, and not forwarded.'),
    ),
    signal: AbortSignal.any([stopped.signal, run.signal]),
  })
  const onOtherPath = once((path: string) =>
    output.warn(`A request for ${printable(path)} got status 404: the webhook is at ${flags.path}.`),
  )
  const listener = createListener({
    path: flags.path,
    secrets,
    isVerifying,
    now: run.now,
    onDelivery: (received) => onDelivery(received, { run, feed, folder, forwarder, isStdoutTaken }),
    onRefused: refusals.add,
    onChallenge,
    onOtherPath,
  })
  const servers = await serveBoth(flags, listener.handle, feed.handle)
  return {
    url: servers.webhook.url + flags.path,
    eventsUrl: `${servers.events.url}/events`,
    receiver: listener.receiver,
    async close() {
      stopped.abort()
      await Promise.all([servers.webhook.close(), servers.events.close()])
      refusals.summarize()
    },
  }
}

async function serveBoth(
  { port, eventsPort = port === 0 ? 0 : defaultEventsPort }: ListenFlags,
  webhook: RequestListener,
  events: RequestListener,
): Promise<{ webhook: LocalServer; events: LocalServer }> {
  const server = await listenOnPort(webhook, { port, flag: '--port' })
  try {
    return { webhook: server, events: await listenOnPort(events, { port: eventsPort, flag: '--events-port' }) }
  } catch (error) {
    await server.close()
    throw error
  }
}

interface DeliverySinks {
  readonly run: CommandRun<OutputFlags>
  readonly feed: EventFeed
  readonly folder: DeliveryFolder | undefined
  readonly forwarder: Forwarder
  readonly isStdoutTaken: boolean
}

function onDelivery(received: ReceivedDelivery, { run, feed, folder, forwarder, isStdoutTaken }: DeliverySinks): void {
  const { output } = run
  const { columns: width } = run.process.stdout
  folder?.save(received).catch((error) => output.error(error))
  for (const event of received.delivery.events) {
    const record = toEventRecord(event)
    const line = () => formatEventLine(event, { style: output.style, at: received.receivedAt, width })
    if (isStdoutTaken) output.note(line())
    else output.print(record, line)
    feed.add(record)
  }
  forwarder.forward(received)
}

/** Shows what the app answered, where it did not take the delivery, and that it took it later. */
function reportResult(output: Output, { url, attempt, isReceived, answer, retryMs }: ForwardResult): void {
  if (isReceived) {
    if (attempt > 1) output.note(`  your app: 200 at attempt ${attempt}, ${printable(url)}`)
    return
  }
  const next = retryMs === undefined ? 'It is not sent again.' : `It is sent again in ${formatSeconds(retryMs)}.`
  const what =
    'error' in answer
      ? `cannot be reached (${printable(answer.error)})`
      : `${answer.status}${answer.text === '' ? '' : ` ${printable(answer.text)}`}`
  output.warn(`your app: ${what}, ${printable(url)}. ${next}`)
}

function formatSeconds(ms: number): string {
  return ms < 60_000 ? `${ms / 1000} s` : `${Math.round(ms / 60_000)} min`
}

/** Anyone can send requests that are refused, so each reason is printed once, and counted at the end. */
function createRefusalCounter(output: Output) {
  const counts = new Map<string, number>()
  return {
    add(reason: string, message: string) {
      const count = (counts.get(reason) ?? 0) + 1
      counts.set(reason, count)
      if (count === 1) output.warn(`A request was refused (${reason}). ${printable(message)}`)
    },
    summarize() {
      for (const [reason, count] of counts) {
        if (count > 1) output.note(`${count} requests were refused (${reason}).`)
      }
    },
  }
}

function once<Args extends unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
  let isDone = false
  return (...args) => {
    if (!isDone) run(...args)
    isDone = true
  }
}
