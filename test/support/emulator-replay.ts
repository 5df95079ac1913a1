import type { EmulatorOptions } from 'x-account-activity/emulator'
import { EmulatorHarness } from './emulator-harness.ts'

/** 21 November 2026, 12:00:00.000 UTC. */
export const noon = Date.UTC(2026, 10, 21, 12)

/** The older replay path of v2. */
export function replayPath(webhookId: string, from: string, to: string): string {
  return `/2/account_activity/replay/webhooks/${webhookId}/subscriptions/all?from_date=${from}&to_date=${to}`
}

/** A harness at 09:30 whose webhook has the subscribed user alice. */
export async function createSubscribed(options: EmulatorOptions = {}) {
  const harness = new EmulatorHarness(options)
  const id = await harness.register()
  const alice = harness.x.addUser({ screenName: 'alice' })
  await harness.subscribe(id, alice)
  /** Starts a replay job of v2. */
  const replay = (from: string, to: string) =>
    harness.asApp('POST', '/2/webhooks/replay', { webhook_id: id, from_date: from, to_date: to })
  /** Starts a replay job of v1.1 enterprise. */
  const replayV1 = (from: string, to: string) =>
    harness.asApp(
      'POST',
      `/1.1/account_activity/replay/webhooks/${id}/subscriptions/all.json?from_date=${from}&to_date=${to}`,
    )
  /** The texts of the delivered posts, and the states of the jobs. */
  const flush = async () =>
    (await harness.flush()).map(({ json }) => json.tweet_create_events?.[0].text ?? json.replay_job_status.job_state)
  return { harness, id, alice, replay, replayV1, flush }
}
