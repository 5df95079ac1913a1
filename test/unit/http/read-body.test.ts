import { describe, expect, test, vi } from 'vitest'
import { readBody } from '../../../src/http/read-body.ts'

const { signal } = new AbortController()

function chunked(text: string, size: number): Response {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
  return new Response(body)
}

describe('readBody', () => {
  test.each([
    ['just inside', 3, 'abc', false],
    ['just outside', 2, 'ab', true],
    ['of one byte', 1, 'a', true],
    ['far above', 10_000_000, 'abc', false],
  ])('keeps the limit: %s', async (_, limit, text, isCut) => {
    for (const size of [1, 2, 3]) expect(await readBody(chunked('abc', size), limit, signal)).toEqual({ text, isCut })
  })

  test('reads an empty body, and a response without a stream', async () => {
    expect(await readBody(new Response(null), 1, signal)).toEqual({ text: '', isCut: false })
    const mock = { text: async () => 'abc' } as Response
    expect(await readBody(mock, 3, signal)).toEqual({ text: 'abc', isCut: false })
    expect(await readBody(mock, 2, signal)).toEqual({ text: 'ab', isCut: true })
  })

  test('joins a character that is in two chunks, and skips a byte order mark', async () => {
    expect(await readBody(chunked('\uFEFF☃', 1), 10, signal)).toEqual({ text: '☃', isCut: false })
  })

  test('does not read on after the limit, nor after the signal was aborted', async () => {
    let pulled = 0
    const cancelled = vi.fn()
    const endless = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            pulled += 1
            controller.enqueue(new Uint8Array(10))
          },
          cancel: cancelled,
        }),
      )
    await readBody(endless(), 25, signal)
    expect(pulled).toBeLessThan(6)
    expect(cancelled).toHaveBeenCalledTimes(1)
    const controller = new AbortController()
    const reading = readBody(new Response(new ReadableStream({ cancel: cancelled })), 25, controller.signal)
    controller.abort()
    await reading
    expect(cancelled).toHaveBeenCalledTimes(2)
  })
})
