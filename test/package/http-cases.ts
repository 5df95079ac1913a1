import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { type RawAnswer, sendRaw } from '../support/send-raw.ts'
import { followBody, signatureOf } from '../support/x-request.ts'

type Headers = Readonly<Record<string, string | string[]>>

const signed = (body: string | Uint8Array): Headers => ({
  'content-type': 'application/json',
  'x-twitter-webhooks-signature': signatureOf(body),
})

/** Checks for a server with a receiver at `/webhook`, and with the ids of the handled events at `/seen`. */
export function httpCases(url: string): Readonly<Record<string, () => Promise<void>>> {
  const post = (body: string | Uint8Array, headers = signed(body), more: object = {}): Promise<RawAnswer> =>
    sendRaw(`${url}/webhook`, { headers, pieces: [body], ...more })
  const countSeen = async (): Promise<number> =>
    (JSON.parse((await sendRaw(`${url}/seen`, { method: 'GET' })).body) as unknown[]).length
  const handles = async (count: number, act: () => Promise<unknown>) => {
    const before = await countSeen()
    await act()
    assert.equal((await countSeen()) - before, count)
  }

  return {
    'answers a CRC': async () => {
      const answer = await sendRaw(`${url}/webhook?crc_token=challenge_string&nonce=a%2Bb`, { method: 'GET' })
      assert.equal(answer.status, 200)
      // The same value as in test/unit/webhook.
      const token = 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk='
      assert.deepEqual(JSON.parse(answer.body), { response_token: token })
      assert.equal(answer.headers['cache-control'], 'no-store')
      assert.equal(answer.headers['content-encoding'], undefined)
    },
    'refuses a CRC without a token, with two tokens, and with a token that X does not send': async () => {
      for (const query of ['', '?crc_token=a&crc_token=b', '?crc_token=%7B%7D']) {
        assert.equal((await sendRaw(`${url}/webhook${query}`, { method: 'GET' })).status, 400)
      }
    },
    'handles a delivery once': () =>
      handles(1, async () => {
        const body = followBody({ at: 1 }).replace('{', '{"note":"\\u003c3 🎉",')
        assert.equal((await post(body)).status, 200)
        assert.equal((await post(body)).status, 200)
      }),
    'reads a body that arrives byte by byte': () =>
      handles(1, async () => {
        const bytes = Buffer.from(followBody({ at: 2 }).replace('{', '{"note":"🎉",'))
        const pieces = Array.from(bytes, (byte) => Buffer.of(byte))
        assert.equal((await post('', signed(bytes), { pieces })).status, 200)
      }),
    'refuses a delivery that is forged, unsigned, signed twice or compressed': () =>
      handles(0, async () => {
        const body = followBody({ at: 3 })
        const twice = { 'x-twitter-webhooks-signature': [signatureOf(body), signatureOf(body)] }
        assert.equal((await post(body, signed('another body'))).status, 401)
        assert.equal((await post(body, {})).status, 401)
        assert.equal((await post(body, twice)).status, 401)
        assert.equal((await post(gzipSync(body), { ...signed(body), 'content-encoding': 'gzip' })).status, 401)
      }),
    'refuses a body that is too large, with and without content-length': async () => {
      const body = JSON.stringify({ text: 'a'.repeat(1000) })
      assert.equal((await post(body)).status, 413)
      assert.equal((await post(body, { ...signed(body), 'content-length': String(body.length) })).status, 413)
    },
    'refuses a signed body that is not a delivery': async () => {
      for (const body of ['[]', 'null', '{']) assert.equal((await post(body)).status, 400)
    },
    'refuses other methods': async () => {
      for (const method of ['PUT', 'DELETE', 'HEAD']) {
        const answer = await sendRaw(`${url}/webhook`, { method })
        assert.deepEqual([answer.status, answer.headers.allow], [405, 'GET, POST'])
      }
    },
    'answers 408 to a body that does not end': () =>
      handles(0, async () => {
        const headers = { ...signed(followBody()), 'content-length': '500' }
        assert.equal((await post('{"for_user_id"', headers, { isCutShort: true })).status, 408)
      }),
  }
}
