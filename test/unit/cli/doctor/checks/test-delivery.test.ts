import { describe, expect, it } from 'vitest'
import { parseDelivery } from 'x-account-activity/events'
import {
  byteByByte,
  largeDelivery,
  reserialized,
  splitInCharacter,
  testDelivery,
  unusedAccount,
} from '../../../../../src/cli/doctor/checks/test-delivery.ts'

const text = (body: Uint8Array) => new TextDecoder().decode(body)

describe('a test delivery', () => {
  it('is for an account that does not exist, and has no events', () => {
    expect(parseDelivery(testDelivery())).toMatchObject({
      family: 'account_activity',
      forUserId: unusedAccount,
      events: [],
    })
    // Ids of X are positive signed integers of 64 bits: https://docs.x.com/fundamentals/x-ids
    expect(BigInt(unusedAccount)).toBe(2n ** 63n - 1n)
  })

  it('has other bytes when it is serialised again', () => {
    const body = testDelivery()
    expect(JSON.parse(text(reserialized(body)))).toEqual(JSON.parse(text(body)))
    expect(text(reserialized(body))).not.toBe(text(body))
  })

  it.each([
    ['byte by byte', byteByByte],
    ['split within a character', splitInCharacter],
  ])('is the same when it is sent %s', (_, split) => {
    const body = testDelivery()
    expect(Buffer.concat(split(body)).equals(body)).toBe(true)
  })

  it('can be split within a character', () => {
    const [, second] = splitInCharacter(testDelivery())
    // The continuation byte of a character of several bytes is 10xxxxxx.
    expect((second?.[0] ?? 0) >> 6).toBe(0b10)
  })
})

it.each([262_144, 1_000_000])('a large delivery of %d bytes is ASCII, and has about that size', (bytes) => {
  const body = largeDelivery(bytes)
  expect(body.length).toBeGreaterThan(bytes - 1_000)
  expect(body.length).toBeLessThan(bytes + 200)
  expect(body.every((byte) => byte < 0x80)).toBe(true)
  expect(parseDelivery(body)).toMatchObject({ family: 'account_activity', events: [] })
})
