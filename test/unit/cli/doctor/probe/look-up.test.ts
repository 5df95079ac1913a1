import { describe, expect, it, vi } from 'vitest'
import { isPrivateAddress, lookUpOnce, toSocketLookup } from '../../../../../src/cli/doctor/probe/look-up.ts'

/** https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry */
it.each([
  ['0.0.0.0', true],
  ['10.0.0.1', true],
  ['11.0.0.1', false],
  ['100.63.255.255', false],
  ['100.64.0.0', true],
  ['100.127.255.255', true],
  ['100.128.0.0', false],
  ['127.0.0.1', true],
  ['169.254.169.254', true],
  ['172.15.255.255', false],
  ['172.16.0.0', true],
  ['172.31.255.255', true],
  ['172.32.0.0', false],
  ['192.168.1.1', true],
  ['192.169.1.1', false],
  ['199.59.148.1', false],
  ['::', true],
  ['::1', true],
  ['fe80::1', true],
  ['fd00::1', true],
  ['fc00::1', true],
  ['::ffff:127.0.0.1', true],
  ['2606:4700::1111', false],
])('the address %s is outside the public internet: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected)
})

describe('lookUpOnce', () => {
  it('asks once for each name', async () => {
    const lookUp = vi.fn(async (name: string) => [{ address: name, family: 4 }])
    const once = lookUpOnce(lookUp)
    expect([await once('a'), await once('b'), await once('a')].flat().map(({ address }) => address)).toEqual([
      'a',
      'b',
      'a',
    ])
    expect(lookUp).toHaveBeenCalledTimes(2)
  })
})

describe('toSocketLookup', () => {
  const lookup = toSocketLookup(async () => [
    { address: '192.0.2.1', family: 4 },
    { address: '2001:db8::1', family: 6 },
  ])

  it('gives the first address, or all of them', async () => {
    const one = await new Promise((resolve) => lookup('app.example', {}, (...result) => resolve(result)))
    const all = await new Promise((resolve) => lookup('app.example', { all: true }, (...result) => resolve(result)))
    expect(one).toEqual([null, '192.0.2.1', 4])
    expect(all).toEqual([
      null,
      [
        { address: '192.0.2.1', family: 4 },
        { address: '2001:db8::1', family: 6 },
      ],
    ])
  })

  it('passes an error on', async () => {
    const failing = toSocketLookup(() => Promise.reject(new Error('no such host')))
    const error = await new Promise((resolve) => failing('app.example', {}, resolve))
    expect(error).toEqual(new Error('no such host'))
  })
})
