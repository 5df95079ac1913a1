import { describe, expect, test } from 'vitest'
import { readMessage } from '../../../../src/http/stream/read-message.ts'

const read = (text: string) => readMessage({ text, bytes: text.length })

// The errors: https://docs.x.com/x-api/posts/filtered-stream/integrate/handling-disconnections
const operational = {
  errors: [
    {
      title: 'operational-disconnect',
      disconnect_type: 'UpstreamOperationalDisconnect',
      detail: 'This stream has been disconnected upstream for operational reasons.',
      type: 'https://api.x.com/2/problems/operational-disconnect',
    },
  ],
}
const tooMany = {
  title: 'ConnectionException',
  detail: 'This stream is currently at the maximum allowed connection limit.',
  connection_issue: 'TooManyConnections',
  type: 'https://api.x.com/2/problems/streaming-connection',
}

describe('a line is', () => {
  test.each(['', 'data:', 'data: '])('a keep-alive: %j', (text) => {
    expect(read(text)).toEqual({ type: 'keep_alive' })
  })

  test.each(['{"data":{"event_type":"post.create"}}', 'data: {"data":{"event_type":"post.create"}}'])(
    'a delivery: %s',
    (text) => {
      expect(read(text)).toEqual({ type: 'delivery', body: { data: { event_type: 'post.create' } } })
    },
  )

  test.each([
    { data: { id: '1' }, errors: [{ title: 'Not Found Error' }] },
    { for_user_id: '1', tweet_create_events: [] },
    { replay_job_status: { job_state: 'Complete' } },
    { type: 'a message of tomorrow' },
    {},
  ])('a delivery: %j', (body) => {
    expect(read(JSON.stringify(body))).toEqual({ type: 'delivery', body })
  })

  test.each<readonly [object, string | undefined]>([
    [operational, 'UpstreamOperationalDisconnect'],
    [tooMany, 'TooManyConnections'],
    [{ errors: [tooMany] }, 'TooManyConnections'],
    [{ errors: [] }, undefined],
    [{ title: 'Service Unavailable', type: 'about:blank', status: 503 }, undefined],
    [{ disconnect_type: 'token=secret value' }, undefined],
    [{ data: null, errors: ['no'] }, undefined],
  ])('an error: %j', (body, detail) => {
    const text = JSON.stringify(body)
    expect(read(text)).toEqual({ type: 'error', text, detail })
  })

  test.each(['<html>', '{"data":', 'null', '1', '"text"', '[{"data":{}}]'])('left out: %s', (text) => {
    expect(read(text)).toEqual({ type: 'skip', reason: 'not_json', bytes: text.length })
  })

  test('left out: one that is too long', () => {
    expect(readMessage({ tooLongBytes: 11 })).toEqual({ type: 'skip', reason: 'too_long', bytes: 11 })
  })
})
