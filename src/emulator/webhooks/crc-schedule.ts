import type { Platform } from '../platform.ts'
import { challengeWebhook } from './challenge.ts'

/**
 * Checks all webhooks periodically, and challenges those that have not passed a challenge for a day.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export function startCrcSchedule(platform: Platform): void {
  const { everyMs } = platform.crcSchedule
  if (everyMs !== undefined) scheduleNextCheck(platform, everyMs, platform.counters.nextCrcCheckAt)
}

function scheduleNextCheck(platform: Platform, everyMs: number, at = platform.clock.now() + everyMs): void {
  platform.counters.nextCrcCheckAt = at
  platform.scheduler.schedule(at, async () => {
    scheduleNextCheck(platform, everyMs)
    await challengeDueWebhooks(platform)
  })
}

async function challengeDueWebhooks(platform: Platform): Promise<void> {
  const { state, clock, crcSchedule } = platform
  const due = [...state.webhooks.values()].filter(
    ({ valid, validatedAt }) => valid && clock.now() - validatedAt >= crcSchedule.validForMs,
  )
  await Promise.all(
    due.map((webhook) => {
      const app = state.apps.get(webhook.appId)
      return app && challengeWebhook(platform, webhook, app)
    }),
  )
}
