import { describe, expect, it, vi } from 'vitest'
import { createReceiver, type FailureReport } from 'x-account-activity/receiver'
import { deliveryRequest, followBody, secret } from '../../support/x-request.ts'

const fail = () => {
  throw new Error('do not look')
}
const hostile: readonly (readonly [string, () => unknown])[] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['a number', () => 0],
  ['a symbol', () => Symbol('s')],
  ['an object without a prototype', () => Object.create(null)],
  ['a proxy that always throws', () => new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail, ownKeys: fail })],
  [
    'a revoked proxy',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
  ],
  ['an error with a name that throws', () => Object.defineProperty(new Error('a'), 'name', { get: fail })],
  [
    'an error that throws when it is printed',
    () => Object.assign(new Error('a'), { [Symbol.for('nodejs.util.inspect.custom')]: fail }),
  ],
]

describe.each(hostile)('when %s is thrown', (_, make) => {
  const throwIt = () => {
    throw make()
  }
  const rejectWithIt = () => Promise.reject(make())

  it.each([
    ['by a handler', { on: { follow: throwIt } }],
    ['by an asynchronous handler', { on: { follow: rejectWithIt } }],
    ['by a secret function', { consumerSecret: throwIt as () => string }],
    [
      'by a dedupe store',
      { on: { follow: () => {} }, dedupe: { claim: throwIt as never, commit: () => {}, release: () => {} } },
    ],
  ])('%s, the delivery fails like any other', async (_where, options) => {
    const console_ = vi.spyOn(console, 'error').mockImplementation((...details) => {
      for (const detail of details) if (detail !== null && typeof detail === 'object') Reflect.get(detail, 'name')
    })
    const reports: FailureReport[] = []
    const hooks = { onFailure: (report: FailureReport) => void reports.push(report) }
    for (const onError of [undefined, () => {}]) {
      const receiver = createReceiver({ consumerSecret: secret, hooks, onError, ...options })
      expect((await receiver.fetch(deliveryRequest(followBody()))).status).toBe(500)
    }
    expect(reports).toEqual([
      expect.objectContaining({ error: expect.any(String) }),
      expect.objectContaining({ error: expect.any(String) }),
    ])
    console_.mockRestore()
  })
})
