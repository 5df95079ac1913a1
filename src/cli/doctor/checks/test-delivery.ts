/**
 * The account of the test deliveries: the largest id that X can give. No account has it, and the list of events is empty,
 * so the handlers of the receiver do nothing.
 */
export const unusedAccount = '9223372036854775807'

const escapes: Readonly<Record<string, string>> = { '/': '\\/', '<': '\\u003c', '>': '\\u003e' }

const user = {
  id: unusedAccount,
  name: 'Doctor ☃ 😀',
  screen_name: 'doctor',
  description: '<test> https://example.com/',
}

/**
 * The body of a delivery as X writes it: escaped, so that parsing and serialising it again gives other bytes. It also
 * contains characters of several bytes, as bodies of the X Activity API may.
 */
export function testDelivery(): Uint8Array {
  return encode(toXText({ [unusedAccount]: user }))
}

/** A delivery of about this size, in ASCII: every other character is escaped, as in the Account Activity API. */
export function largeDelivery(bytes: number): Uint8Array {
  const [, entry = ''] = /"users":\{(.*)\}\}$/.exec(toAscii(toXText({ [unusedAccount]: user }))) ?? []
  const entries = Array.from({ length: Math.floor(bytes / (entry.length + 1)) }, (_, index) =>
    entry.replaceAll(unusedAccount, String(BigInt(unusedAccount) - BigInt(index))),
  )
  return encode(toXText({}).replace(/\{\}\}$/, `{${entries.join(',')}}}`))
}

function toXText(users: object): string {
  const text = JSON.stringify({ for_user_id: unusedAccount, direct_message_mark_read_events: [], users })
  return text.replace(/[/<>]/g, (character) => escapes[character] ?? character)
}

function toAscii(text: string): string {
  return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The same JSON as other bytes: what a server gets that parses a body and serialises it again. */
export function reserialized(body: Uint8Array): Uint8Array {
  return encode(JSON.stringify(JSON.parse(new TextDecoder().decode(body))))
}

/** A body in pieces: its first bytes one by one, then the rest. */
export function byteByByte(body: Uint8Array): readonly Uint8Array[] {
  const single = Math.min(body.length, 16)
  return [...Array.from(body.subarray(0, single), (byte) => Uint8Array.of(byte)), body.subarray(single)]
}

/** A body in two pieces that are split within a character of several bytes. */
export function splitInCharacter(body: Uint8Array): readonly Uint8Array[] {
  // The first byte of a character of several bytes is 11xxxxxx, the others are 10xxxxxx.
  const middle = body.findIndex((byte) => byte >= 0xc0) + 1
  return [body.subarray(0, middle), body.subarray(middle)]
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
