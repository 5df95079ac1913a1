import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listDeliveries, openDeliveryFolder, readSavedHeaders } from '../../../../src/cli/listen/saved-deliveries.ts'
import { parseDelivery } from '../../../../src/entries/events.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const body = Buffer.from(String.raw`{ "for_user_id": "1", "follow_events": [] , "text": "\u00fc\/" }`)
const received = {
  body,
  headers: { 'x-twitter-webhooks-signature': 'sha256=abc' },
  delivery: parseDelivery(body),
  receivedAt: Date.UTC(2026, 10, 29, 7, 5, 9, 123),
}

it('saves the exact bytes, and the headers beside them', async () => {
  const folder = join(tempFolder(), 'new', 'folder')
  const name = await (await openDeliveryFolder(folder)).save(received)
  expect(name).toBe('20261129T070509123Z-000001-empty.json')
  expect(readFileSync(join(folder, name)).equals(body)).toBe(true)
  expect(await readSavedHeaders(join(folder, name))).toEqual({
    receivedAt: '2026-11-29T07:05:09.123Z',
    headers: received.headers,
  })
})

it('lists the deliveries in the order in which they arrived', async () => {
  const folder = tempFolder()
  const { save } = await openDeliveryFolder(folder)
  const names = [
    await save(received),
    await save(received),
    await save({ ...received, receivedAt: received.receivedAt + 1 }),
  ]
  expect(await listDeliveries(folder)).toEqual(names)
  expect(readdirSync(folder)).toHaveLength(6)
})

it('makes no file that other users of the machine can read', async () => {
  const folder = tempFolder()
  await (await openDeliveryFolder(folder)).save(received)
  expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o077)).toEqual([0, 0])
})

it('takes no path from a delivery into the name of a file', async () => {
  const folder = tempFolder()
  const delivery = parseDelivery({ data: { event_type: '../../x/y', filter: {}, payload: { id: '1' } } })
  const name = await (await openDeliveryFolder(folder)).save({ ...received, delivery })
  expect(name).toMatch(/^[\w.-]+$/)
  expect(readdirSync(folder)).toContain(name)
})
