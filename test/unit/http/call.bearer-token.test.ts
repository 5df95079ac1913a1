import { describe, expect, test } from 'vitest'
import { createClient } from '../../../src/client/create-client.ts'
import { alice, mockXApi, patientOptions, type Script, secrets } from '../../support/x-api.ts'

const x = mockXApi()
const id = '1146654567674912769'
const hook = { id, url: 'https://example.com/hook', valid: true }
const listed: Script = { json: { data: [hook] } }
const token: Script = { json: { token_type: 'bearer', access_token: 'AAAAnew%2Ftoken' } }

function setup(more: Partial<Parameters<typeof createClient>[0]> = {}) {
  const { waits, ...options } = patientOptions()
  return { waits, client: createClient({ ...options, ...more }) }
}

describe('the bearer token', () => {
  const createWithoutToken = () => {
    const { bearerToken: _, waits: __, ...options } = patientOptions()
    return createClient(options)
  }
  const sent = () => x.requests.map(({ path, authorization }) => `${path} ${authorization.split(' ')[0]}`)

  test('is created when it is first needed, and reused', async () => {
    const client = createWithoutToken()
    expect(x.requests).toEqual([])
    x.answers(token, listed, listed)
    await client.webhooks.list()
    await client.webhooks.list()
    expect(sent()).toEqual(['/oauth2/token Basic', '/2/webhooks Bearer', '/2/webhooks Bearer'])
    expect(x.requests[1]?.authorization).toBe('Bearer AAAAnew%2Ftoken')
  })

  test('is not created for a call in user context', async () => {
    x.answers({ status: 204 })
    await createWithoutToken().subscriptions.create(id)
    expect(sent()).toEqual([expect.stringMatching(/ OAuth$/)])
  })

  test('is created once for concurrent calls', async () => {
    const client = createWithoutToken()
    x.answers(token, listed, listed, listed)
    await Promise.all([client.webhooks.list(), client.webhooks.list(), client.webhooks.list()])
    expect(sent().filter((line) => line.startsWith('/oauth2'))).toHaveLength(1)
  })

  test('is created by the next call if the creation failed', async () => {
    const client = createWithoutToken()
    x.answers(
      { status: 403, json: { errors: [{ code: 99, message: 'Unable to verify your credentials' }] } },
      token,
      listed,
    )
    await expect(client.webhooks.list()).rejects.toMatchObject({
      endpoint: 'oauth.createBearerToken',
      reason: 'Forbidden',
    })
    expect(await client.webhooks.list()).toHaveLength(1)
  })

  test('fails all calls that wait for it if the creation fails', async () => {
    const client = createWithoutToken()
    x.answers({ status: 403 })
    const outcomes = await Promise.allSettled([client.webhooks.list(), client.webhooks.list()])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  test.each(['created', 'given'])('that was %s is replaced once after a 401', async (kind) => {
    const client = kind === 'given' ? setup().client : createWithoutToken()
    if (kind === 'created') x.answers(token)
    x.answers({ status: 401 }, { json: { token_type: 'bearer', access_token: 'AAAAlatest' } }, listed)
    expect(await client.webhooks.list()).toHaveLength(1)
    expect(x.requests.at(-1)?.authorization).toBe('Bearer AAAAlatest')
  })

  test('is replaced for a call that is not safe to repeat, and without retries', async () => {
    const { client } = setup({ retry: false })
    x.answers({ status: 401 }, token, { json: hook })
    expect(await client.webhooks.create('https://example.com/hook')).toMatchObject({ id })
  })

  test('fails the call if X refuses it twice', async () => {
    const { client } = setup()
    x.answers({ status: 401 }, token, { status: 401, json: { title: 'Unauthorized', status: 401 } })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      name: 'ApiError',
      endpoint: 'webhooks.list',
      reason: 'Unauthorized',
    })
    expect(x.requests).toHaveLength(3)
  })

  test('fails the call with the first 401 if X refuses to issue another one', async () => {
    const { client } = setup()
    x.answers({ status: 401 }, { status: 403, json: { errors: [{ code: 99 }] } })
    await expect(client.webhooks.list()).rejects.toMatchObject({ endpoint: 'webhooks.list', reason: 'Unauthorized' })
  })

  test('fails the call with the error of X if X cannot issue another one now', async () => {
    const { client } = setup({ retry: false })
    x.answers({ status: 401 }, { status: 503 })
    await expect(client.webhooks.list()).rejects.toMatchObject({
      endpoint: 'oauth.createBearerToken',
      reason: 'ServerError',
    })
  })

  test('is replaced once if several calls are refused, even if X issues the same token again', async () => {
    const { client } = setup()
    const same: Script = { json: { token_type: 'bearer', access_token: secrets.bearerToken } }
    x.answers({ status: 401 }, { status: 401 }, { status: 401 }, same, listed, listed, listed)
    await Promise.all([client.webhooks.list(), client.webhooks.list(), client.webhooks.list()])
    expect(sent().filter((line) => line.startsWith('/oauth2'))).toHaveLength(1)
  })

  test.each([
    ['OAuth 1.0a', alice],
    ['OAuth 2.0', { bearerToken: 'AAAAuser' }],
  ])('does not replace a refused %s token of a user', async (_, user) => {
    const { client } = setup()
    x.answers({ status: 401, json: { errors: [{ code: 89, message: 'Invalid or expired token.' }] } })
    await expect(client.subscriptions.check(id, { user })).rejects.toMatchObject({
      reason: 'Unauthorized',
      platformCodes: [89],
    })
    expect(x.requests).toHaveLength(1)
  })
})
