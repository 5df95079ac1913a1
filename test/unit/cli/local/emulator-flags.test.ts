import { describe, expect, it } from 'vitest'
import { parseFaults } from '../../../../src/cli/local/emulator-flags.ts'

describe('parseFaults', () => {
  it.each([
    [['api.unavailable=0.1'], { api: { unavailable: 0.1 } }],
    [['crc.late=next:2'], { crc: { late: { next: 2 } } }],
    [['clockSkewMs=-60000'], { clockSkewMs: -60_000 }],
    [['api.slow=1,api.slowMs=20', 'stream.closed=1'], { api: { slow: 1, slowMs: 20 }, stream: { closed: 1 } }],
    [[], {}],
  ])('reads %j', (texts, faults) => expect(parseFaults(texts)).toEqual(faults))

  it.each([
    '',
    'api',
    'api.unavailable',
    'api.unavailable=',
    'api.unavailable=often',
    'crc.late=next:',
    '=1',
    'a.b.c=1',
  ])('refuses "%s"', (text) => {
    expect(() => parseFaults([text])).toThrow(
      expect.objectContaining({ code: 'usage', message: `"${text}" is not a fault.`, exitCode: 2 }),
    )
  })
})
