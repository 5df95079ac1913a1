import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { reasonOf, World } from '../../support/emulator-world.ts'

function mac(secret: string | undefined, message: string): string {
  return `sha256=${createHmac('sha256', secret ?? '')
    .update(message)
    .digest('base64')}`
}

/** A receiver that knows nothing but the client secret. */
function answerWith(world: World, secret: string): void {
  world.onCrc = (request) => {
    const token = new URL(request.url).searchParams.get('crc_token') ?? ''
    return Response.json({ response_token: mac(secret, token) })
  }
}

describe('an app with an OAuth 2.0 client secret', () => {
  /** A world in which alice is subscribed, and the client secret of its app. */
  async function createWorld() {
    const world = new World()
    world.x.configureApp({ oauth2: true })
    const clientSecret = world.x.app.clientSecret ?? ''
    answerWith(world, clientSecret)
    const [alice] = await world.subscribed('alice')
    return { world, clientSecret, alice }
  }

  it('has its deliveries signed with both secrets', async () => {
    const { world, clientSecret, alice } = await createWorld()
    await alice.post('Grüße')
    const [delivery] = await world.flush()
    const body = delivery?.body ?? ''
    expect(clientSecret).toMatch(/^\S{20,}$/)
    expect(delivery?.headers.get('x-twitter-webhooks-signature')).toBe(mac(world.x.app.consumerSecret, body))
    expect(delivery?.headers.get('x-twitter-webhooks-signature-oauth2')).toBe(mac(clientSecret, body))
    expect(world.x.deliveries).toMatchObject([{ oauth2Signature: mac(clientSecret, body) }])
  })

  it('is challenged by requests that are signed with both', async () => {
    const { world, clientSecret } = await createWorld()
    const [challenge] = world.challenges
    const query = new URL(challenge?.url ?? '').search.slice(1)
    expect(challenge?.headers.get('x-twitter-webhooks-signature')).toBe(mac(world.x.app.consumerSecret, query))
    expect(challenge?.headers.get('x-twitter-webhooks-signature-oauth2')).toBe(mac(clientSecret, query))
  })

  it('must answer them with the client secret', async () => {
    const { world } = await createWorld()
    answerWith(world, world.x.app.consumerSecret)
    const response = await world.asApp('POST', '/2/webhooks', { url: 'https://hook.example.com/other' })
    expect(await reasonOf(response)).toBe('CrcValidationFailed')
  })

  it('has its replays signed with both, too', async () => {
    const { world, clientSecret, alice } = await createWorld()
    await alice.post('Hello')
    await world.flush()
    await world.x.advance({ hours: 1 })
    const list = (await (await world.asApp('GET', '/2/webhooks')).json()) as { data: { id: string }[] }
    const body = { webhook_id: list.data[0]?.id, from_date: '202611210930', to_date: '202611210931' }
    expect((await world.asApp('POST', '/2/webhooks/replay', body)).status).toBe(200)
    const replayed = await world.flush()
    expect(replayed).toHaveLength(2)
    for (const { headers, body } of replayed) {
      expect(headers.get('x-twitter-webhooks-signature-oauth2')).toBe(mac(clientSecret, body))
    }
  })
})

it('an app without one has its deliveries signed with the consumer secret alone', async () => {
  const world = new World()
  const [alice] = await world.subscribed('alice')
  await alice.post('Hello')
  const [delivery] = await world.flush()
  expect(delivery?.headers.has('x-twitter-webhooks-signature-oauth2')).toBe(false)
  expect(world.challenges[0]?.headers.has('x-twitter-webhooks-signature-oauth2')).toBe(false)
  expect(world.x.deliveries[0]).not.toHaveProperty('oauth2Signature')
})
