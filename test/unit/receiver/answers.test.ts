import { describe, expect, it } from 'vitest'
import { VerificationError, type VerificationReason } from '../../../src/errors/verification-error.ts'
import * as answers from '../../../src/receiver/answers.ts'

const decisions = Object.entries(answers).filter(([, value]) => typeof value !== 'function')

describe.each(decisions)('%s', (_, decision) => {
  it('is frozen, because one object answers many requests', () => {
    const { answer } = decision as answers.Decision
    expect([decision, answer, answer.headers].map(Object.isFrozen)).toEqual([true, true, true])
  })

  it('is JSON that no proxy may keep', () => {
    const { answer, reason } = decision as answers.Decision
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(JSON.parse(answer.body).error).toBe(reason)
  })
})

describe('refused', () => {
  it.each<[VerificationReason, number]>([
    ['signature_missing', 401],
    ['signature_malformed', 401],
    ['signature_mismatch', 401],
    ['crc_token_missing', 400],
    ['crc_token_refused', 400],
    ['body_not_json', 400],
    ['not_a_delivery', 400],
    ['body_too_large', 413],
    ['too_many_events', 413],
    ['body_not_raw', 500],
  ])('answers %s with %d', (reason, status) => {
    const error = new VerificationError(reason)
    const decision = answers.refused(error)
    expect(decision).toMatchObject({ reason, answer: { status } })
    expect(JSON.parse(decision.answer.body)).toEqual({ error: reason, message: error.message })
  })
})

describe('crcAnswered', () => {
  it('answers with 200 and the token', () => {
    const { answer } = answers.crcAnswered({ response_token: 'sha256=abc' })
    expect(answer).toMatchObject({ status: 200, body: '{"response_token":"sha256=abc"}' })
  })
})
