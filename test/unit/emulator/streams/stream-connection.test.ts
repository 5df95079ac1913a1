import { describe, expect, it } from 'vitest'
import { type EndReason, StreamConnection } from '../../../../src/emulator/streams/stream-connection.ts'

function connect() {
  const controller = new AbortController()
  const ends: EndReason[] = []
  const request = new Request('https://api.x.com/2/activity/stream', { signal: controller.signal })
  const connection = new StreamConnection(request, (reason) => ends.push(reason))
  return { connection, controller, ends }
}

/** Whether a promise is still pending after all reactions that are due have run. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol()
  const tick = new Promise((resolve) => setImmediate(() => resolve(pending)))
  return (await Promise.race([promise, tick])) === pending
}

describe('a connection', () => {
  it('sends the head with the first byte', async () => {
    const { connection } = connect()
    expect(await isPending(connection.response)).toBe(true)
    connection.keepAlive()
    const response = await connection.response
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
  })

  it('sends each JSON text on a line of its own', async () => {
    const { connection, ends } = connect()
    connection.send('{"a":1}')
    connection.keepAlive()
    connection.send('{"b":2}', { isSplit: true })
    connection.close()
    expect(await (await connection.response).text()).toBe('{"a":1}\r\n\r\n{"b":2}\r\n')
    expect(ends).toEqual(['closed'])
  })

  it('sends nothing after it ended, and ends once', async () => {
    const { connection, ends, controller } = connect()
    connection.close()
    connection.send('{}')
    connection.keepAlive()
    connection.disconnect('ForceDisconnect')
    connection.drop(new Error('lost'))
    controller.abort()
    expect(await (await connection.response).text()).toBe('')
    expect(ends).toEqual(['closed'])
  })

  it('sends nothing while it is stalled', async () => {
    const { connection } = connect()
    connection.send('{"a":1}')
    connection.stall()
    connection.send('{"b":2}')
    connection.keepAlive()
    connection.close()
    expect(await (await connection.response).text()).toBe('{"a":1}\r\n')
  })

  // The forms are those of https://docs.x.com/x-api/fundamentals/handling-disconnections.
  it.each([
    [
      'UpstreamOperationalDisconnect',
      {
        errors: [
          {
            title: 'operational-disconnect',
            disconnect_type: 'UpstreamOperationalDisconnect',
            detail: 'This stream has been disconnected upstream for operational reasons.',
            type: 'https://api.x.com/2/problems/operational-disconnect',
          },
        ],
      },
    ],
    [
      'TooManyConnections',
      {
        title: 'ConnectionException',
        detail: 'This stream is currently at the maximum allowed connection limit.',
        connection_issue: 'TooManyConnections',
        type: 'https://api.x.com/2/problems/streaming-connection',
      },
    ],
  ] as const)('says %s before it is closed', async (reason, message) => {
    const { connection, ends } = connect()
    connection.disconnect(reason)
    expect(JSON.parse(await (await connection.response).text())).toEqual(message)
    expect(ends).toEqual([reason])
  })

  it('disconnects a client that leaves more than 10,000 messages unread', async () => {
    const { connection, ends } = connect()
    for (let count = 0; count <= 10_000; count += 1) connection.send('{}')
    expect(ends).toEqual([])
    connection.send('{}')
    expect(ends).toEqual(['SlowReader'])
    const lines = (await (await connection.response).text()).trim().split('\r\n')
    expect(lines).toHaveLength(10_002)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ errors: [{ disconnect_type: 'SlowReader' }] })
  })

  it('sends no keep-alive to a client that has more than 100 messages to read', async () => {
    const { connection } = connect()
    for (let count = 0; count < 200; count += 1) connection.keepAlive()
    connection.close()
    expect(await (await connection.response).text()).toBe('\r\n'.repeat(101))
  })
})

describe('a client that', () => {
  it('aborts before the head gets the reason', async () => {
    const { connection, controller, ends } = connect()
    controller.abort(new Error('enough'))
    await expect(connection.response).rejects.toThrow('enough')
    expect(ends).toEqual(['client'])
  })

  it('has aborted already gets the reason', async () => {
    const request = new Request('https://api.x.com/', { signal: AbortSignal.abort(new Error('enough')) })
    const ends: EndReason[] = []
    await expect(new StreamConnection(request, (reason) => ends.push(reason)).response).rejects.toThrow('enough')
    expect(ends).toEqual(['client'])
  })

  it('aborts later gets the reason when it reads', async () => {
    const { connection, controller, ends } = connect()
    connection.keepAlive()
    const response = await connection.response
    controller.abort(new Error('enough'))
    await expect(response.text()).rejects.toThrow('enough')
    expect(ends).toEqual(['client'])
  })

  it('cancels the body ends the connection', async () => {
    const { connection, ends } = connect()
    connection.keepAlive()
    await (await connection.response).body?.cancel()
    expect(ends).toEqual(['client'])
    expect(connection.isOpen).toBe(false)
  })

  it('loses the connection cannot read', async () => {
    const { connection, ends } = connect()
    connection.keepAlive()
    connection.drop(new Error('lost'))
    await expect((await connection.response).text()).rejects.toThrow('lost')
    expect(ends).toEqual(['dropped'])
  })
})
