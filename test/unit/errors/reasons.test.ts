import { describe, expect, it } from 'vitest'
import { endpointReasons, generalReasons } from 'x-account-activity/errors'
import { codeHints, problemHints, reasonHints } from '../../../src/errors/reasons.ts'

describe('hints', () => {
  it('exist for every reason but Unknown', () => {
    const reasons = new Set([...Object.values(endpointReasons).flat(), ...generalReasons])
    expect([...reasons].filter((reason) => reasonHints[reason] === undefined)).toEqual(['Unknown'])
  })

  it.each(Object.entries({ ...reasonHints, ...codeHints, ...problemHints }))('are sentences: %s', (_, hint) => {
    expect(hint).toMatch(/^[A-Z].*\.$/)
  })
})
