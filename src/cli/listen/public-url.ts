import type { Client, Webhook } from '../../entries/index.ts'
import type { Receiver } from '../../entries/receiver.ts'
import type { RecoveryStep } from '../../entries/recovery.ts'
import { CliError } from '../cli-error.ts'
import { createV2Client } from '../credentials/create-client.ts'
import type { CommandRun } from '../define-command.ts'
import { printable } from '../output/printable.ts'
import { formatTime, formatWindow } from '../output/times.ts'
import type { ListenerSecrets } from './create-listener.ts'
import type { ListenCommandFlags } from './listen-flags.ts'
import { planReplay } from './replay-plan.ts'
import { type Outage, watchUrl } from './watch-url.ts'

export interface PublicUrlOptions {
  readonly url: string
  readonly secrets: ListenerSecrets
  readonly receiver: Receiver
  readonly signal: AbortSignal
}

/** Probes the public URL, says when nothing could arrive, and with --recover asks X to replay it. */
export async function watchPublicUrl(
  run: CommandRun<ListenCommandFlags>,
  { url, secrets: { consumerSecret = '', clientSecret }, receiver, signal }: PublicUrlOptions,
): Promise<void> {
  const { output } = run
  const shown = printable(url)
  const recoverer = run.flags.recover ? await createRecoverer(run, { url, receiver, signal }) : undefined
  await watchUrl(run, {
    url,
    secret: clientSecret ?? consumerSecret,
    signal,
    onFirstReached: () => output.note(`${shown} leads here.`),
    onCutOff: (reason, since) =>
      output.warn(`Since ${formatTime(new Date(since))}, ${shown} does not lead here. ${printable(reason)}`),
    onOutage: (outage) => {
      output.note(`${shown} leads here again. ${describeOutage(outage, run.now(), recoverer !== undefined)}`)
      recoverer?.(outage)
    },
  })
}

/** From when to when nothing could arrive, and what X can still send. */
function describeOutage(outage: Outage, now: number, isRecovering: boolean): string {
  const { windows, acceptedFrom, acceptedUntil, lost } = planReplay(outage, now)
  const lines = [`Nothing could arrive from ${spanOf(outage)}.`]
  if (lost !== undefined) lines.push(`X no longer keeps what happened from ${spanOf(lost)}.`)
  if (windows.length > 0) {
    const times = `from ${formatTime(new Date(acceptedFrom))} until ${formatTime(new Date(acceptedUntil))}`
    lines.push(`X accepts these replay windows ${times}:`)
    for (const { fromDate, toDate } of windows) {
      lines.push(`  x-account-activity replay <webhook id> --from ${fromDate} --to ${toDate}`)
    }
    if (isRecovering) lines.push('They are asked for as soon as X accepts them.')
  }
  return lines.join('\n')
}

function spanOf({ from, to }: Outage): string {
  return formatWindow({ from: new Date(from), to: new Date(to) })
}

interface RecovererOptions {
  readonly url: string
  readonly receiver: Receiver
  readonly signal: AbortSignal
}

/**
 * Asks X to replay outages, one after the other, as soon as it accepts them.
 *
 * @throws CliError when X has no webhook with this URL.
 */
async function createRecoverer(
  run: CommandRun<ListenCommandFlags>,
  { url, receiver, signal }: RecovererOptions,
): Promise<(outage: Outage) => void> {
  const { output, now, sleep } = run
  const client = await createV2Client(run)
  const { id: webhookId } = await findWebhook(client, url, signal)
  const { createMemoryRecoveryStore, createRecovery } = await import('../../entries/recovery.ts')
  const recovery = createRecovery({
    client,
    webhookId,
    receiver,
    store: createMemoryRecoveryStore(),
    now,
    sleep,
    on: { any: (step) => output.note(describeStep(step)) },
    onError: (error) => output.error(error),
  })
  const recover = async (outage: Outage) => {
    await recovery.report({ from: new Date(outage.from), to: new Date(outage.to) })
    for await (const _ of recovery.run({ signal })) signal.throwIfAborted()
  }
  return (outage) =>
    void recover(outage).catch((error) => {
      if (!signal.aborted) output.error(error)
    })
}

async function findWebhook(client: Client, url: string, signal: AbortSignal): Promise<Webhook> {
  const webhooks = await client.webhooks.list({ signal })
  const found = webhooks.find((webhook) => webhook.url === url)
  if (found !== undefined) return found
  throw new CliError('webhook_missing', `X has no webhook with the URL ${url}.`, {
    hint: `Register it while "x-account-activity listen --url ${url}" runs without --recover: x-account-activity webhooks create ${url}`,
  })
}

function describeStep(step: RecoveryStep): string {
  switch (step.type) {
    case 'outage':
      return `recovery: ${formatWindow(step)} will be replayed.`
    case 'webhook':
      return step.valid ? 'recovery: X can reach the webhook.' : 'recovery: X cannot reach the webhook.'
    case 'waiting':
      return `recovery: waiting until ${formatTime(step.until)} (${step.reason.replaceAll('_', ' ')}).`
    case 'job':
      return `recovery: X replays ${formatWindow(step)} (job ${printable(step.jobId)}).`
    case 'job_ended':
      return `recovery: the job for ${formatWindow(step)} has ended: ${step.outcome}.`
    case 'lost':
      return `recovery: ${formatWindow(step)} is lost (${step.reason.replaceAll('_', ' ')}).`
    case 'done':
      return `recovery: done. ${step.recovered.length} recovered, ${step.lost.length} lost.`
    default:
      return step satisfies never
  }
}
