import { describe, expect, it } from 'vitest'
import { createEmulator } from 'x-account-activity/emulator'

describe('a request of a web page from another origin', () => {
  const foreign = 'Requests of web pages from another origin are not allowed.'
  const unlabelled = 'The header "content-type" must be application/json.'

  it.each<[string, Record<string, string>, string | undefined, number, string]>([
    ['POST', { origin: 'https://evil.example', 'content-type': 'application/json' }, '{}', 403, foreign],
    ['POST', { origin: 'null', 'content-type': 'application/json' }, '{}', 403, foreign],
    ['POST', { origin: 'http://127.0.0.1:4001', 'content-type': 'application/json' }, '{}', 403, foreign],
    ['POST', { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }, '{}', 403, foreign],
    ['GET', { origin: 'https://evil.example' }, undefined, 403, foreign],
    ['POST', { 'content-type': 'text/plain' }, '{}', 415, unlabelled],
    ['POST', { 'content-type': 'application/x-www-form-urlencoded' }, '{}', 415, unlabelled],
    ['POST', { 'content-type': 'text/plain; application/json' }, '{}', 415, unlabelled],
    ['POST', { 'content-type': 'application/jsonx' }, '{}', 415, unlabelled],
    ['POST', {}, undefined, 415, unlabelled],
  ])('is rejected: %s with %j', async (method, headers, body, status, error) => {
    const x = createEmulator()
    x.addUser({ screenName: 'alice' })
    const path = method === 'GET' ? '/emulator' : '/emulator/reset'
    const request = new Request(`http://127.0.0.1:4000${path}`, { method, headers, ...(body && { body }) })
    const response = await x.fetch(request)
    expect([response.status, await response.json()]).toEqual([status, { error }])
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(x.user('alice')).toBeDefined()
  })

  it.each(['evil.example:4000', 'emulator.test', '192.168.1.5:4000', 'localhost.evil.example'])(
    'is rejected when the page has the same origin as its URL, which is not a loopback host: %s',
    async (host) => {
      const response = await createEmulator().fetch(`http://${host}/emulator`, {
        headers: { origin: `http://${host}` },
      })
      expect([response.status, await response.json()]).toEqual([403, { error: foreign }])
    },
  )

  it.each(['localhost:4000', 'app.localhost:4000', '127.0.0.1', '[::1]:4000'])(
    'is not a request of a page of %s itself',
    async (host) => {
      const response = await createEmulator().fetch(`http://${host}/emulator`, {
        headers: { origin: `http://${host}` },
      })
      expect(response.status).toBe(200)
    },
  )

  it.each(['application/json', 'Application/JSON; charset=utf-8'])(
    'is not a request of the same origin with %s',
    async (type) => {
      const headers = { origin: 'http://127.0.0.1:4000', 'sec-fetch-site': 'same-origin', 'content-type': type }
      const request = { method: 'POST', headers, body: '{}' }
      expect((await createEmulator().fetch('http://127.0.0.1:4000/emulator/idle', request)).status).toBe(200)
    },
  )
})
