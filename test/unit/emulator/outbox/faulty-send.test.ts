import { describe, expect, it } from 'vitest'
import type { DeliveryFaults } from 'x-account-activity/emulator'
import { EmulatorHarness, reasonOf } from '../../../support/emulator-harness.ts'

describe('a fault of challenges', () => {
  it.each([
    [{ unreachable: { next: 1 } }, 'fetch failed: connect ECONNREFUSED'],
    [{ late: { next: 1 } }, 'No answer within 3 seconds'],
  ])('%j makes a challenge fail, whatever the webhook answers', async (crc, error) => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    harness.x.faults({ crc })
    const response = await harness.asApp('PUT', `/2/webhooks/${id}`)
    expect(await reasonOf(response)).toBe('CrcValidationFailed')
    expect(await response.text()).toContain(error)
    expect(harness.challenges).toHaveLength(1)
    expect((await harness.asApp('PUT', `/2/webhooks/${id}`)).status).toBe(200)
  })
})

/** A harness with faults of deliveries, and with the subscribed users alice and bob. */
async function createHarness(deliveries: DeliveryFaults) {
  const harness = new EmulatorHarness({ faults: { deliveries } })
  const [alice, bob] = await harness.subscribed('alice', 'bob')
  const texts = async () => (await harness.flush()).map(({ json }) => json.tweet_create_events?.[0].text)
  return { harness, alice, bob, texts }
}

describe('a fault of the connection to the webhook', () => {
  it('unreachable loses the delivery, which is attempted again', async () => {
    const { harness, alice, texts } = await createHarness({ unreachable: { next: 1 } })
    await alice.post('One')
    expect(await texts()).toEqual([])
    expect(harness.x.deliveries).toMatchObject([{ outcome: 'failed', failure: 'fetch failed: connect ECONNREFUSED' }])
    await harness.x.advance({ minutes: 1 })
    expect(await texts()).toEqual(['One'])
  })

  it('unacknowledged loses the answer, and the delivery is attempted again', async () => {
    const { harness, alice, texts } = await createHarness({ unacknowledged: { next: 1 } })
    await alice.post('One')
    expect(await texts()).toEqual(['One'])
    expect(harness.x.deliveries).toMatchObject([{ outcome: 'failed', failure: 'fetch failed: socket hang up' }])
    await harness.x.advance({ minutes: 1 })
    expect(await texts()).toEqual(['One'])
    expect(harness.x.deliveries.map(({ outcome }) => outcome)).toEqual(['failed', 'delivered'])
  })
})
