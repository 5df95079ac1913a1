import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../../support/emulator-harness.ts'
import { openStream } from '../../../../support/emulator-stream.ts'

// The forms are those of https://docs.x.com/x-api/connections/introduction.

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
async function call(harness: EmulatorHarness, method: string, path = '', body?: unknown): Promise<any> {
  const response = await harness.asApp(method, `/2/connections${path}`, body)
  expect(response.status).toBe(200)
  return response.json()
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/)

describe('the connections of an app', () => {
  it('are listed while they are open, and afterwards with the reason', async () => {
    const harness = new EmulatorHarness()
    const stream = await openStream(harness)
    const connected = { id: uuid, endpoint_name: 'activity_stream', connected_at: '2026-11-21T09:30:00.250Z' }
    expect(await call(harness, 'GET')).toEqual({ data: [connected], meta: { result_count: 1 } })
    expect(await call(harness, 'GET', '?status=inactive')).toEqual({ data: [], meta: { result_count: 0 } })
    await harness.x.advance({ seconds: 5 })
    stream.abort()
    const ended = { ...connected, disconnected_at: '2026-11-21T09:30:05.250Z', disconnect_reason: 'client' }
    expect(await call(harness, 'GET')).toEqual({ data: [], meta: { result_count: 0 } })
    expect((await call(harness, 'GET', '?status=inactive')).data).toEqual([ended])
    expect((await call(harness, 'GET', '?status=all')).data).toEqual([ended])
  })

  it('are not those of another app', async () => {
    const harness = new EmulatorHarness()
    await openStream(harness, '', { app: harness.x.addApp() })
    expect((await call(harness, 'GET', '?status=all')).data).toEqual([])
    expect((await call(harness, 'DELETE', '/all')).data.successful_kills).toBe(0)
  })

  it('are the last hundred', async () => {
    const harness = new EmulatorHarness()
    for (let count = 0; count < 101; count += 1) (await openStream(harness)).abort()
    const { data } = await call(harness, 'GET', '?status=all')
    expect(data).toHaveLength(100)
  })
})

describe('deleting connections', () => {
  it.each([
    ['/all', undefined],
    ['/activity_stream', undefined],
  ])('%s disconnects them', async (path, body) => {
    const harness = new EmulatorHarness()
    const streams = [await openStream(harness), await openStream(harness)]
    const { data } = await call(harness, 'DELETE', path, body)
    expect(data).toEqual({
      successful_kills: 2,
      failed_kills: 0,
      results: [
        { uuid, success: true },
        { uuid, success: true },
      ],
    })
    for (const stream of streams) {
      expect(await stream.events()).toMatchObject([{ errors: [{ disconnect_type: 'ForceDisconnect' }] }])
      expect(stream.end).toBe('ended')
    }
  })

  it('by UUID disconnects those that are open', async () => {
    const harness = new EmulatorHarness()
    const kept = await openStream(harness)
    await openStream(harness)
    const { data } = await call(harness, 'GET')
    const uuids = [data[1].id, 'unknown', data[1].id]
    expect((await call(harness, 'DELETE', '', { uuids })).data).toEqual({
      successful_kills: 1,
      failed_kills: 1,
      results: [
        { uuid: data[1].id, success: true },
        { uuid: 'unknown', success: false, error_message: 'The connection does not exist or is not open' },
      ],
    })
    expect(kept.end).toBeUndefined()
    expect((await call(harness, 'DELETE', '', { uuids: [data[1].id] })).data.failed_kills).toBe(1)
    kept.abort()
  })
})

describe('an invalid request', () => {
  it.each<[string, string, unknown, string]>([
    ['GET', '?status=open', undefined, 'The `status` query parameter value [open] is not one of [active,inactive,all]'],
    [
      'DELETE',
      '/cats',
      undefined,
      'The `endpoint_id` path parameter value [cats] is not one of [activity_stream,filtered_stream]',
    ],
    ['DELETE', '', '', 'The body must be a JSON object'],
    ['DELETE', '', {}, '$.uuids: is missing but it is required'],
    ['DELETE', '', { uuids: [] }, '$.uuids: must be an array with at least one string'],
    ['DELETE', '', { uuids: [1] }, '$.uuids: must be an array with at least one string'],
  ])('%s %s %j', async (method, path, body, message) => {
    const response = await new EmulatorHarness().asApp(method, `/2/connections${path}`, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ message }] })
  })
})
