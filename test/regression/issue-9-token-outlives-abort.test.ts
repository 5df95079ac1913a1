import { expect, test, vi } from 'vitest'
import { createClient } from '../../src/client/create-client.ts'

const keys = { consumerKey: 'key', consumerSecret: 'secret' }

function setup() {
  const requests: Request[] = []
  const answers: ((response: Response) => void)[] = []
  const fetch = (...given: ConstructorParameters<typeof Request>) => {
    const request = new Request(...given)
    requests.push(request)
    return new Promise<Response>((resolve, reject) => {
      answers.push(resolve)
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
    })
  }
  return { requests, answers, client: createClient({ ...keys, fetch, retry: { baseMs: 1 } }) }
}

test('the request for a token ends when the last call that waits for it is aborted', async () => {
  const { requests, client } = setup()
  const [first, second] = [new AbortController(), new AbortController()]
  const calls = [first, second].map(({ signal }) => client.webhooks.list({ signal }).catch((error) => error))
  await vi.waitFor(() => expect(requests).toHaveLength(1))
  first.abort()
  await calls[0]
  expect(requests[0]?.signal.aborted).toBe(false)
  second.abort()
  expect(await calls[1]).toMatchObject({ name: 'TransportError', reason: 'aborted' })
  await vi.waitFor(() => expect(requests[0]?.signal.aborted).toBe(true))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(requests).toHaveLength(1)
})

test('a call without a signal keeps the request for a token, and gets the token', async () => {
  const { requests, answers, client } = setup()
  const controller = new AbortController()
  const aborted = client.webhooks.list({ signal: controller.signal }).catch((error) => error)
  const listed = client.webhooks.list()
  await vi.waitFor(() => expect(requests).toHaveLength(1))
  controller.abort()
  await aborted
  answers[0]?.(Response.json({ token_type: 'bearer', access_token: 'AAAA' }))
  await vi.waitFor(() => expect(requests).toHaveLength(2))
  answers[1]?.(Response.json({ data: [] }))
  expect(await listed).toEqual([])
})
