import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { checkReplayWindow, replayWindow, splitReplayWindow } from 'x-account-activity/replay'

const start = Date.UTC(2026, 10, 22, 12)
const minute = 60_000

test('the emulator accepts every window that the check accepts, also split and up to a minute later', async () => {
  let now = start
  const x = createEmulator({ fetch: (request) => receiver.fetch(request), now: () => now, limits: { rate: false } })
  const receiver = createReceiver({ consumerSecret: x.app.consumerSecret, on: {} })
  const client = createClient({ ...x.app, fetch: x.fetch, now: () => now, retry: 0 })
  const { id } = await client.webhooks.create('https://app.example/webhook')
  const refused = async (window: { from: Date; to: Date }) => {
    const error = await client.replay.create(id, window).then(
      () => undefined,
      (thrown) => thrown,
    )
    return error?.reason === 'QueryParamInvalid' ? error.message : undefined
  }
  const nearAnEdge = (ages: readonly number[]) =>
    fc.oneof(
      ...ages.map((age) => fc.integer({ min: age * minute - 90_000, max: age * minute + 90_000 })),
      fc.integer({ min: 10 * minute, max: 1440 * minute }),
    )
  const input = fc.record({
    fromAge: nearAnEdge([31, 1440]),
    toAge: nearAnEdge([10, 31, 1439]),
    offset: fc.integer({ min: 0, max: minute - 1 }),
    later: fc.integer({ min: 0, max: minute - 1 }),
    minutes: fc.integer({ min: 1, max: 200 }),
  })
  await fc.assert(
    fc.asyncProperty(input, async ({ fromAge, toAge, offset, later, minutes }) => {
      const checkedAt = start + offset
      const window = { from: new Date(checkedAt - fromAge), to: new Date(checkedAt - toAge) }
      if (checkReplayWindow(window, { now: checkedAt }).length > 0) return
      now = checkedAt + later
      expect(await refused(window)).toBeUndefined()
      const parts = splitReplayWindow(replayWindow(window, { now: checkedAt }), { minutes })
      for (const part of [...parts.slice(0, 2), ...parts.slice(-2)]) expect(await refused(part)).toBeUndefined()
    }),
    { numRuns: 200 },
  )
}, 60_000)

test('the parts cover the window, and none begins less than 31 minutes ago', () => {
  const now = new Date(start)
  for (const minutes of [1, 20, 21, 22, 120]) {
    for (let length = 21; length < 300; length += 1) {
      const window = replayWindow(
        { from: new Date(start - (length + 10) * minute), to: new Date(start - 10 * minute) },
        { now },
      )
      const parts = splitReplayWindow(window, { minutes })
      expect(parts[0]?.from).toEqual(window.from)
      expect(parts.at(-1)?.to).toEqual(window.to)
      for (const [index, part] of parts.entries()) {
        expect(checkReplayWindow(part, { now })).toEqual([])
        expect(parts[index + 1]?.from ?? window.to).toEqual(part.to)
      }
    }
  }
})
