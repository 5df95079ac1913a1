import { channel } from 'node:diagnostics_channel'
import { expect, it, onTestFinished } from 'vitest'
import { createClient } from 'x-account-activity'

function subscribe(name: string): unknown[] {
  const reports: unknown[] = []
  const listen = (report: unknown) => void reports.push(report)
  channel(name).subscribe(listen)
  onTestFinished(() => void channel(name).unsubscribe(listen))
  return reports
}

it('publishes the requests and responses of a client that has no hooks', async () => {
  const requests = subscribe('x-account-activity:request')
  const responses = subscribe('x-account-activity:response')
  const fetch = async () => Response.json({ data: [] })
  await createClient({ consumerKey: 'k', consumerSecret: 's', bearerToken: 'b', fetch, now: () => 1 }).webhooks.list()
  expect(requests).toEqual([{ endpoint: 'webhooks.list', attempt: 1 }])
  expect(responses).toEqual([{ endpoint: 'webhooks.list', attempt: 1, outcome: 200, durationMs: 0 }])
})
