import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from 'x-account-activity/emulator'
import { EmulatorHarness, hookUrl, start } from '../../../support/emulator-harness.ts'

const hour = 3_600_000

/** A harness with a webhook, and the times of its later challenges, in hours. */
async function registered(options: EmulatorOptions = {}) {
  const harness = new EmulatorHarness(options)
  const id = await harness.register()
  const hours: number[] = []
  const answer = (respond: (() => Response | Promise<Response>) | undefined) => {
    harness.onCrc = (request) => {
      hours.push((harness.x.now() - start) / hour)
      return respond ? respond() : harness.answerCrc(request)
    }
  }
  answer(undefined)
  return { harness, id, hours, answer }
}

async function isValid(harness: EmulatorHarness): Promise<boolean | undefined> {
  const list = (await (await harness.asApp('GET', '/2/webhooks')).json()) as { data: { valid: boolean }[] }
  return list.data[0]?.valid
}

const down = () => new Response(null, { status: 503 })

describe('the schedule of challenges', () => {
  it('challenges a webhook a day after it passed the last challenge', async () => {
    const { harness, hours } = await registered()
    await harness.x.advance({ hours: 23, minutes: 59 })
    expect(hours).toEqual([])
    await harness.x.advance({ hours: 60 })
    expect(hours).toEqual([24, 48, 72])
    expect(await isValid(harness)).toBe(true)
  })

  it('counts from the last challenge that was passed', async () => {
    const { harness, id, hours } = await registered()
    await harness.x.advance({ hours: 10 })
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await harness.x.advance({ hours: 25 })
    expect(hours).toEqual([10, 34])
  })

  it('challenges every half hour while the webhook fails, until 28 hours after the last one it passed', async () => {
    const { harness, hours, answer } = await registered()
    answer(down)
    await harness.x.advance({ hours: 28 })
    expect(hours).toEqual([24, 24.5, 25, 25.5, 26, 26.5, 27, 27.5, 28])
    expect(await isValid(harness)).toBe(true)
    await harness.x.advance({ ms: 1 })
    expect(await isValid(harness)).toBe(false)
    await harness.x.advance({ days: 2 })
    expect(hours).toHaveLength(9)
  })

  it.each([
    ['a client error', () => new Response(null, { status: 404 })],
    ['a server error', down],
    ['a lost connection', () => Promise.reject(new TypeError('fetch failed'))],
  ])('accepts %s that ends in time', async (_, respond) => {
    const { harness, answer } = await registered()
    answer(respond)
    await harness.x.advance({ hours: 27 })
    answer(undefined)
    await harness.x.advance({ hours: 5 })
    expect(await isValid(harness)).toBe(true)
  })

  it.each([
    ['a wrong token', () => Response.json({ response_token: 'sha256=AAAA' })],
    ['a redirect', () => new Response(null, { status: 301 })],
    [
      'a wrong certificate',
      () =>
        Promise.reject(
          new TypeError('fetch failed', {
            cause: Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
          }),
        ),
    ],
    ['gzip that is not declared', () => new Response(new Uint8Array([0x1f, 0x8b, 8, 0]))],
    ['gzip that is declared and not there', () => new Response('{}', { headers: { 'content-encoding': 'gzip' } })],
  ])('makes the webhook invalid immediately for %s', async (_, respond) => {
    const { harness, hours, answer } = await registered()
    answer(respond)
    await harness.x.advance({ hours: 24 })
    expect(await isValid(harness)).toBe(false)
    await harness.x.advance({ days: 2 })
    expect(hours).toEqual([24])
  })

  it('continues for a webhook that was validated again', async () => {
    const { harness, id, hours, answer } = await registered()
    answer(() => Response.json({}))
    await harness.x.advance({ hours: 30 })
    answer(undefined)
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    await harness.x.advance({ hours: 24 })
    expect(hours).toEqual([24, 30, 54])
  })

  it('makes the webhook invalid, which then receives no events', async () => {
    const harness = new EmulatorHarness({ retries: 'none' })
    const [alice] = await harness.subscribed('alice')
    harness.onCrc = down
    await harness.x.advance({ hours: 28.1 })
    await alice.post('Not delivered')
    expect(await harness.flush()).toEqual([])
  })

  it('does not challenge a deleted webhook', async () => {
    const { harness, id, hours } = await registered()
    await harness.asApp('DELETE', `/2/webhooks/${id}`)
    await harness.x.advance({ days: 2 })
    expect(hours).toEqual([])
  })

  it('follows the options', async () => {
    const crcSchedule = { everyMinutes: 60, validForHours: 1, graceHours: 2 }
    const { harness, hours, answer } = await registered({ crcSchedule })
    await harness.x.advance({ hours: 2 })
    answer(down)
    await harness.x.advance({ hours: 3.1 })
    expect(hours).toEqual([1, 2, 3, 4, 5])
    expect(await isValid(harness)).toBe(false)
  })

  it('is turned off with false', async () => {
    const { harness, hours } = await registered({ crcSchedule: false })
    await harness.x.advance({ days: 5 })
    expect(hours).toEqual([])
    expect(await isValid(harness)).toBe(true)
  })

  it('sends a challenge to each webhook', async () => {
    const { harness, hours } = await registered()
    await harness.register(`${hookUrl}/other`)
    hours.length = 0
    await harness.x.advance({ hours: 24 })
    expect(hours).toEqual([24, 24])
    expect(new Set(harness.challenges.map(({ url }) => url)).size).toBe(4)
  })
})
