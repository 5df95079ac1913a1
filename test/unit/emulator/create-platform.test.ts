import { afterEach, describe, expect, it, vi } from 'vitest'
import { EmulatorHarness } from '../../support/emulator-harness.ts'

afterEach(() => void vi.unstubAllGlobals())

describe('a seed', () => {
  /** The keys, challenges and deliveries of the same actions. */
  async function play(seed?: number | string): Promise<string[]> {
    const harness = new EmulatorHarness(seed === undefined ? {} : { seed })
    const [alice, bob] = await harness.subscribed('alice', 'bob')
    const post = await alice.post('Hello @bob, see https://example.com')
    await bob.like(post)
    await harness.x.advance({ minutes: 1 })
    await bob.message(alice, 'Seen https://example.com')
    const crc = harness.challenges.map(({ url }) => url)
    const keys = [JSON.stringify(harness.x.app), alice.accessToken, alice.accessTokenSecret, alice.oauth2Token]
    return [...keys, ...crc, ...(await harness.flush()).map(({ body }) => body)]
  }

  it('gives the same bytes each time with the same clock', async () => {
    expect(await play('a')).toEqual(await play('a'))
    expect(await play()).toEqual(await play(0))
  })

  it('gives other keys, tokens and links than another seed', async () => {
    const [first, second] = [await play(1), await play(2)]
    for (const index of [0, 1, 2, 3, 4]) expect(first[index]).not.toBe(second[index])
  })
})
