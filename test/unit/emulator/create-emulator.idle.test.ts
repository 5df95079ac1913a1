import { afterEach, describe, expect, it, vi } from 'vitest'
import { EmulatorHarness } from '../../support/emulator-harness.ts'

afterEach(() => void vi.useRealTimers())

describe('idle', () => {
  it('resolves when nothing is pending', async () => {
    await new EmulatorHarness().x.idle()
  })

  it('waits for actions that the receiver starts', async () => {
    const harness = new EmulatorHarness()
    const [alice, bob] = await harness.subscribed('alice', 'bob')
    harness.onDelivery = async (request) => {
      if ((await request.text()).includes('Ping')) await bob.post('Pong')
      return new Response()
    }
    await alice.post('Ping')
    await harness.x.idle()
    expect(harness.x.deliveries.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered'])
  })
})
