import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { EmulatorHarness, reasonOf } from '../../support/emulator-harness.ts'

function mac(secret: string | undefined, message: string): string {
  return `sha256=${createHmac('sha256', secret ?? '')
    .update(message)
    .digest('base64')}`
}

/** A receiver that knows nothing but the client secret. */
function answerWith(harness: EmulatorHarness, secret: string): void {
  harness.onCrc = (request) => {
    const token = new URL(request.url).searchParams.get('crc_token') ?? ''
    return Response.json({ response_token: mac(secret, token) })
  }
}

describe('an app with an OAuth 2.0 client secret', () => {
  /** A harness in which alice is subscribed, and the client secret of its app. */
  async function createHarness() {
    const harness = new EmulatorHarness()
    harness.x.configureApp({ oauth2: true })
    const clientSecret = harness.x.app.clientSecret ?? ''
    answerWith(harness, clientSecret)
    const [alice] = await harness.subscribed('alice')
    return { harness, clientSecret, alice }
  }

  it('has its deliveries signed with both secrets', async () => {
    const { harness, clientSecret, alice } = await createHarness()
    await alice.post('Grüße')
    const [delivery] = await harness.flush()
    const body = delivery?.body ?? ''
    expect(clientSecret).toMatch(/^\S{20,}$/)
    expect(delivery?.headers.get('x-twitter-webhooks-signature')).toBe(mac(harness.x.app.consumerSecret, body))
    expect(delivery?.headers.get('x-twitter-webhooks-signature-oauth2')).toBe(mac(clientSecret, body))
    expect(harness.x.deliveries).toMatchObject([{ oauth2Signature: mac(clientSecret, body) }])
  })

  it('is challenged by requests that are signed with both', async () => {
    const { harness, clientSecret } = await createHarness()
    const [challenge] = harness.challenges
    const query = new URL(challenge?.url ?? '').search.slice(1)
    expect(challenge?.headers.get('x-twitter-webhooks-signature')).toBe(mac(harness.x.app.consumerSecret, query))
    expect(challenge?.headers.get('x-twitter-webhooks-signature-oauth2')).toBe(mac(clientSecret, query))
  })

  it('must answer them with the client secret', async () => {
    const { harness } = await createHarness()
    answerWith(harness, harness.x.app.consumerSecret)
    const response = await harness.asApp('POST', '/2/webhooks', { url: 'https://hook.example.com/other' })
    expect(await reasonOf(response)).toBe('CrcValidationFailed')
  })

  it('has its replays signed with both, too', async () => {
    const { harness, clientSecret, alice } = await createHarness()
    await alice.post('Hello')
    await harness.flush()
    await harness.x.advance({ hours: 1 })
    const list = (await (await harness.asApp('GET', '/2/webhooks')).json()) as { data: { id: string }[] }
    const body = { webhook_id: list.data[0]?.id, from_date: '202611210930', to_date: '202611210931' }
    expect((await harness.asApp('POST', '/2/webhooks/replay', body)).status).toBe(200)
    const replayed = await harness.flush()
    expect(replayed).toHaveLength(2)
    for (const { headers, body } of replayed) {
      expect(headers.get('x-twitter-webhooks-signature-oauth2')).toBe(mac(clientSecret, body))
    }
  })
})

it('an app without one has its deliveries signed with the consumer secret alone', async () => {
  const harness = new EmulatorHarness()
  const [alice] = await harness.subscribed('alice')
  await alice.post('Hello')
  const [delivery] = await harness.flush()
  expect(delivery?.headers.has('x-twitter-webhooks-signature-oauth2')).toBe(false)
  expect(harness.challenges[0]?.headers.has('x-twitter-webhooks-signature-oauth2')).toBe(false)
  expect(harness.x.deliveries[0]).not.toHaveProperty('oauth2Signature')
})
