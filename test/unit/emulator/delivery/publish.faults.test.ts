import { describe, expect, it } from 'vitest'
import type { DeliveryFaults } from 'x-account-activity/emulator'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

/** A harness with faults of deliveries, and with the subscribed users alice and bob. */
async function createHarness(deliveries: DeliveryFaults) {
  const harness = new EmulatorHarness({ faults: { deliveries } })
  const [alice, bob] = await harness.subscribed('alice', 'bob')
  const texts = async () => (await harness.flush()).map(({ json }) => json.tweet_create_events?.[0].text)
  return { harness, alice, bob, texts }
}

describe('a fault of deliveries', () => {
  it('duplicated sends a delivery twice', async () => {
    const { harness, alice, texts } = await createHarness({ duplicated: { next: 1 } })
    await alice.post('One')
    await alice.post('Two')
    expect(await texts()).toEqual(['One', 'One', 'Two'])
    expect(harness.x.deliveries.map(({ attempt }) => attempt)).toEqual([1, 1, 1])
    expect(harness.received[0]?.body).toBe(harness.received[1]?.body)
  })

  it('reordered sends a delivery after the next one', async () => {
    const { alice, texts } = await createHarness({ reordered: { next: 1 } })
    for (const text of ['One', 'Two', 'Three']) await alice.post(text)
    expect(await texts()).toEqual(['Two', 'One', 'Three'])
  })

  it.each([
    ['idle()', (harness: EmulatorHarness) => harness.x.idle()],
    ['advance()', (harness: EmulatorHarness) => harness.x.advance({ minutes: 1 })],
  ])('reordered sends the last delivery with %s', async (_, look) => {
    const { harness, alice } = await createHarness({ reordered: 1 })
    await alice.post('One')
    expect(harness.received).toHaveLength(0)
    await look(harness)
    expect(harness.received).toHaveLength(1)
  })

  it('reordered reverses the order when it affects every delivery', async () => {
    const { alice, texts } = await createHarness({ reordered: 1 })
    for (const text of ['One', 'Two', 'Three']) await alice.post(text)
    expect(await texts()).toEqual(['Three', 'Two', 'One'])
  })

  it('reordered follows the seed, and loses no delivery', async () => {
    const play = async () => {
      const { alice, texts } = await createHarness({ reordered: 0.5 })
      for (let count = 0; count < 30; count += 1) await alice.post(`${count}`)
      return texts()
    }
    const first = await play()
    const sent = Array.from({ length: 30 }, (_, count) => `${count}`)
    expect(first.toSorted()).toEqual(sent.toSorted())
    expect(first).not.toEqual(sent)
    expect(await play()).toEqual(first)
  })

  it('unknownFields adds a field to the envelope and to the event', async () => {
    const { harness, alice } = await createHarness({ unknownFields: { next: 1 } })
    await alice.post('One')
    await alice.post('Two')
    const [odd, even] = (await harness.flush()).map(({ json }) => json)
    const keys = (value: object, known: object) => Object.keys(value).filter((key) => !(key in known))
    expect(keys(odd, even)).toEqual(['undocumented_context'])
    expect(keys(odd.tweet_create_events[0], even.tweet_create_events[0])).toEqual(['undocumented_field'])
  })

  it('unknownFields adds a field to an envelope without an array of events', async () => {
    const { harness, alice } = await createHarness({ unknownFields: 1 })
    await alice.revoke()
    const [{ json } = { json: undefined }] = await harness.flush()
    expect(Object.keys(json)).toEqual(['user_event', 'undocumented_context'])
  })

  it('unknownType sends a second delivery with an unknown event type', async () => {
    const { harness, alice } = await createHarness({ unknownType: { next: 1 } })
    await alice.post('One')
    await alice.post('Two')
    const received = (await harness.flush()).map(({ json }) => Object.keys(json))
    expect(received).toEqual([
      ['for_user_id', 'tweet_create_events'],
      ['for_user_id', 'undocumented_events'],
      ['for_user_id', 'tweet_create_events'],
    ])
    expect(harness.received[1]?.json.for_user_id).toBe(alice.id)
  })
})
