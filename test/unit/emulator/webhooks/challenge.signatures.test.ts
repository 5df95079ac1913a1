import { describe, expect, it } from 'vitest'
import { crcAnswer, EmulatorHarness, reasonOf, signatureOf } from '../../../support/emulator-harness.ts'

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

  it('is challenged with requests that are signed with both secrets', async () => {
    const { harness, clientSecret } = await createHarness()
    const [challenge] = harness.challenges
    const query = new URL(challenge?.url ?? '').search.slice(1)
    expect(challenge?.headers.get('x-twitter-webhooks-signature')).toBe(
      signatureOf(harness.x.app.consumerSecret, query),
    )
    expect(challenge?.headers.get('x-twitter-webhooks-signature-oauth2')).toBe(signatureOf(clientSecret, query))
  })

  it('must answer with the client secret', async () => {
    const { harness } = await createHarness()
    harness.onCrc = (request) => crcAnswer(request, harness.x.app.consumerSecret)
    const response = await harness.asApp('POST', '/2/webhooks', { url: 'https://hook.example.com/other' })
    expect(await reasonOf(response)).toBe('CrcValidationFailed')
  })
})

it('an app without one is challenged with requests that are signed with the consumer secret only', async () => {
  const harness = new EmulatorHarness()
  await harness.register()
  expect(harness.challenges[0]?.headers.has('x-twitter-webhooks-signature-oauth2')).toBe(false)
})
