import { describe, expect, it } from 'vitest'
import { crcAnswer, EmulatorHarness, signatureOf } from '../../../support/emulator-harness.ts'

describe('an app with an OAuth 2.0 client secret', () => {
  /** A harness with the subscribed user alice, and the client secret of its app. */
  async function createHarness() {
    const harness = new EmulatorHarness()
    harness.x.configureApp({ oauth2: true })
    const clientSecret = harness.x.app.clientSecret ?? ''
    harness.onCrc = (request) => crcAnswer(request, clientSecret)
    const [alice] = await harness.subscribed('alice')
    return { harness, clientSecret, alice }
  }

  it('has its deliveries signed with both secrets', async () => {
    const { harness, clientSecret, alice } = await createHarness()
    await alice.post('Grüße')
    const [delivery] = await harness.flush()
    const body = delivery?.body ?? ''
    expect(clientSecret).toMatch(/^\S{20,}$/)
    expect(delivery?.headers.get('x-twitter-webhooks-signature')).toBe(signatureOf(harness.x.app.consumerSecret, body))
    expect(delivery?.headers.get('x-twitter-webhooks-signature-oauth2')).toBe(signatureOf(clientSecret, body))
    expect(harness.x.deliveries).toMatchObject([{ oauth2Signature: signatureOf(clientSecret, body) }])
  })

  it('has its replays signed with both secrets', async () => {
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
      expect(headers.get('x-twitter-webhooks-signature-oauth2')).toBe(signatureOf(clientSecret, body))
    }
  })
})

it('an app without one has its deliveries signed with the consumer secret alone', async () => {
  const harness = new EmulatorHarness()
  const [alice] = await harness.subscribed('alice')
  await alice.post('Hello')
  const [delivery] = await harness.flush()
  expect(delivery?.headers.has('x-twitter-webhooks-signature-oauth2')).toBe(false)
  expect(harness.x.deliveries[0]).not.toHaveProperty('oauth2Signature')
})
