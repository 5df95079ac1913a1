import { expect, it } from 'vitest'
import { createEventFeed } from '../../../../src/cli/listen/event-feed.ts'
import { toEventRecord } from '../../../../src/cli/output/event-line.ts'
import { type ActivityEvent, parseDelivery } from '../../../../src/entries/events.ts'
import { listen } from '../../../support/listen.ts'

const record = toEventRecord(parseDelivery({ anything: 1 }).events[0] as ActivityEvent)

async function startFeed(count: number) {
  const feed = createEventFeed()
  for (let index = 0; index < count; index++) feed.add({ ...record, id: `event ${index}` })
  return listen(feed.handle)
}

it('answers with the latest thousand events, oldest first', async () => {
  const response = await fetch(`${await startFeed(1001)}/events`)
  const { events } = (await response.json()) as { events: { id: string }[] }
  expect([events.length, events[0]?.id, events.at(-1)?.id]).toEqual([1000, 'event 1', 'event 1000'])
})

it('answers nothing else', async () => {
  const url = await startFeed(1)
  expect((await fetch(url)).status).toBe(404)
  expect((await fetch(`${url}/events`, { method: 'POST', body: '{}' })).status).toBe(405)
})

it('answers no web page', async () => {
  const url = await startFeed(1)
  const origin = await fetch(`${url}/events`, { headers: { origin: 'https://a.example' } })
  expect([origin.status, await origin.text()]).toEqual([403, expect.not.stringContaining('event 0')])
})
