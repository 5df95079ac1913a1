import type { SubscriptionSyncPlan, SubscriptionSyncResult } from '../../entries/sync.ts'
import { planSubscriptions } from '../../entries/sync.ts'
import { exitCodes } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import { createApiClient } from '../credentials/create-client.ts'
import type { CommandRun } from '../define-command.ts'
import { declined } from '../input/confirm.ts'
import { readInput } from '../input/read-input.ts'
import { resolveWebhookId } from '../input/resolve-webhook.ts'
import { toErrorReport } from '../output/error-report.ts'
import { createProgress } from '../output/progress.ts'
import { readUsers } from './read-users.ts'
import type { SyncFlags } from './sync-flags.ts'

interface SyncInput {
  readonly file: string
  readonly webhookId: string | undefined
}

/** Makes the plan, shows it, asks, and applies it. */
export async function syncFile(run: CommandRun<SyncFlags>, { file, webhookId: given }: SyncInput): Promise<void> {
  const { signal } = run
  const users = readUsers(Buffer.from(await readInput(run, file)).toString('utf8'))
  const client = await createApiClient(run)
  const webhookId = await resolveWebhookId(run, client, given)
  const plan = await planSubscriptions(client, { webhookId, users, prune: run.flags.prune, signal })
  const planned = toPlanReport(webhookId, plan)
  const isEmpty = plan.subscribe.length + plan.unsubscribe.length === 0
  if (run.flags.dryRun || isEmpty) {
    if (!isEmpty) run.setExitCode(exitCodes.findings)
    run.output.print({ ...planned, applied: false }, () => describePlan(webhookId, plan))
    return
  }
  run.output.note(describePlan(webhookId, plan))
  await confirmPlan(run)
  const result = await applyPlan(run, plan)
  if (result.failed.length > 0) run.setExitCode(exitCodes.failed)
  run.output.print(toResultReport(planned, result), () => describeResult(result))
}

async function confirmPlan(run: CommandRun<SyncFlags>): Promise<void> {
  if (run.flags.yes) return
  if (!run.isInteractive) {
    throw new CliError('declined', 'Without a terminal, the plan cannot be confirmed. Nothing was changed.', {
      hint: 'Pass --yes to apply the plan, or --dry-run to see it only.',
    })
  }
  if (!(await run.prompts.confirm('Apply this plan?'))) throw declined()
}

async function applyPlan(run: CommandRun<SyncFlags>, plan: SubscriptionSyncPlan): Promise<SubscriptionSyncResult> {
  const progress = createProgress(run)
  try {
    return await plan.apply({
      signal: run.signal,
      onProgress: ({ done, total }) => progress.bar('Syncing', done, total),
    })
  } finally {
    progress.end()
  }
}

function toPlanReport(webhookId: string, { subscribe, unsubscribe, unchanged, surplus }: SubscriptionSyncPlan) {
  return { webhookId, plan: { subscribe, unsubscribe, unchanged, surplus } }
}

function toResultReport(planned: ReturnType<typeof toPlanReport>, result: SubscriptionSyncResult) {
  const { subscribed, unsubscribed, failed } = result
  return {
    ...planned,
    applied: true,
    subscribed,
    unsubscribed,
    failed: failed.map(({ error, ...failure }) => ({ ...failure, message: toErrorReport(error).message })),
  }
}

function describePlan(webhookId: string, { subscribe, unsubscribe, unchanged, surplus }: SubscriptionSyncPlan): string {
  const kept = surplus.length - unsubscribe.length
  return [
    `Webhook ${webhookId}:`,
    ...listOf('subscribe', subscribe),
    ...listOf('unsubscribe', unsubscribe),
    `  unchanged: ${unchanged.length}`,
    ...(kept > 0 ? [`  not in the file, kept: ${kept} (--prune unsubscribes them)`] : []),
    ...(subscribe.length + unsubscribe.length === 0 ? ['Nothing needs to be changed.'] : []),
  ].join('\n')
}

/** The first ids are enough to see whether it is the right file. */
function listOf(action: string, userIds: readonly string[]): string[] {
  if (userIds.length === 0) return []
  const shown = userIds.slice(0, 10)
  const rest = userIds.length - shown.length
  return [`  ${action}: ${userIds.length} (${shown.join(', ')}${rest > 0 ? `, and ${rest} more` : ''})`]
}

function describeResult({ subscribed, unsubscribed, failed }: SubscriptionSyncResult): string {
  return [
    `Subscribed ${subscribed.length}, unsubscribed ${unsubscribed.length}, failed ${failed.length}.`,
    ...failed.map(({ userId, action, reason }) => `  ${userId}: ${action} failed (${reason})`),
    ...(failed.length > 0 ? ['Run the command again to try those that failed.'] : []),
  ].join('\n')
}
