import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Outage, watchUrl } from '../../../../src/cli/listen/watch-url.ts'

const secret = 'consumer-secret'
const start = Date.UTC(2026, 10, 29, 12)

/** https://docs.x.com/x-api/webhooks/introduction: the answer to a challenge. */
function answerTo(url: string, key = secret): Response {
  const token = new URL(url).searchParams.get('crc_token') ?? ''
  return Response.json({ response_token: `sha256=${createHmac('sha256', key).update(token).digest('base64')}` })
}

type Answer = (url: string) => Response

/** Watches a URL that gives these answers, and then stops. `asleepMs` is how long the machine sleeps before a probe. */
async function watch(answers: readonly Answer[], asleepMs: Readonly<Record<number, number>> = {}) {
  const seen: (string | Outage)[] = []
  const stopped = new AbortController()
  let time = start
  let probes = 0
  await watchUrl(
    {
      now: () => time,
      fetch: async (url) => {
        const answer = answers[probes]
        probes += 1
        return answer?.(String(url)) ?? Response.error()
      },
      sleep: async (ms) => {
        time += ms + (asleepMs[probes] ?? 0)
        if (probes === answers.length) stopped.abort()
      },
    },
    {
      url: 'https://a.example/webhook?tenant=1',
      secret,
      signal: stopped.signal,
      onFirstReached: () => seen.push('reached'),
      onCutOff: (reason, since) => seen.push(`${since - start}: ${reason}`),
      onOutage: ({ from, to }) => seen.push({ from: from - start, to: to - start }),
    },
  )
  return seen
}

const status = (code: number) => () => new Response('', { status: code })
const refused = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })
}

describe('watchUrl', () => {
  it('says once that the URL leads here', async () => {
    expect(await watch([answerTo, answerTo, answerTo])).toEqual(['reached'])
  })

  it('says once that it is cut off, and from when to when nothing could arrive', async () => {
    expect(await watch([answerTo, answerTo, refused, refused, answerTo])).toEqual([
      'reached',
      '30000: It cannot be reached (ECONNREFUSED).',
      { from: 30_000, to: 120_000 },
    ])
  })

  it('counts from the start when the URL has not led here before', async () => {
    expect(await watch([refused, answerTo])).toEqual([
      '0: It cannot be reached (ECONNREFUSED).',
      { from: 0, to: 30_000 },
    ])
  })

  it('notices that the machine was asleep', async () => {
    expect(await watch([answerTo, answerTo], { 1: 3_600_000 })).toEqual(['reached', { from: 0, to: 3_630_000 }])
  })

  it.each([
    ['another status', status(302), 'It answers a challenge with status 302.'],
    [
      'another secret',
      (url: string) => answerTo(url, 'other'),
      'Its answer to a challenge is not that of this program.',
    ],
    ['a page', () => new Response('<html>'), 'Its answer to a challenge is not that of this program.'],
    ['null', () => Response.json(null), 'Its answer to a challenge is not that of this program.'],
    [
      'no answer',
      () => {
        throw new DOMException('', 'TimeoutError')
      },
      'It does not answer within 3 seconds.',
    ],
  ])('counts %s as cut off', async (_, answer, reason) => expect(await watch([answer])).toEqual([`0: ${reason}`]))
})
