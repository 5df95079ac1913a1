import { describe, expect, it } from 'vitest'
import { chatPayload, conversationIdOf } from '../../../../src/payloads/x-activity/chat.ts'

describe('conversationIdOf', () => {
  it.each([
    ['2222222222222222222', '1111111111111111111'],
    ['1111111111111111111', '2222222222222222222'],
  ])('is the same for both users, the larger id first: %s, %s', (a, b) => {
    // The form of the example in https://docs.x.com/x-api/activity/event-payloads.
    expect(conversationIdOf(a, b)).toBe('2222222222222222222:1111111111111111111')
  })

  it('compares ids as numbers', () => {
    expect(conversationIdOf('9', '10')).toBe('10:9')
  })
})

describe('chatPayload', () => {
  const chat = {
    id: 'e4f4d3fc-8bbf-4928-92eb-e5058d6bb6f6',
    at: 1_784_841_183_370,
    senderId: '2',
    conversationId: '2:1',
    keyCreatedAt: 1_768_236_281_331,
    signingKeyCreatedAt: 1_765_382_634_817,
    encoded: { conversationToken: 'token', event: 'event', signature: 'signature', signingKey: 'key' },
  }

  it('has the members of X', () => {
    expect(chatPayload({ ...chat, encoded: { ...chat.encoded, keyChange: 'change' } })).toStrictEqual({
      conversation_token: 'token',
      id: 'e4f4d3fc-8bbf-4928-92eb-e5058d6bb6f6',
      created_at_msec: '1784841183370',
      sender_id: '2',
      conversation_id: '2:1',
      conversation_key_version: '1768236281331',
      encoded_event: 'event',
      conversation_key_change_event: 'change',
      message_event_signature: {
        public_key_version: '1765382634817',
        signature: 'signature',
        signature_version: '7',
        signing_public_key: 'key',
      },
    })
  })

  it('has no change of the key when the key stays the same', () => {
    expect(chatPayload(chat)).not.toHaveProperty('conversation_key_change_event')
  })
})
