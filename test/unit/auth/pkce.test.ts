import { expect, test } from 'vitest'
import { codeChallenge, createPkce } from '../../../src/auth/pkce.ts'

test('the challenge is the one of the RFC', async () => {
  // https://www.rfc-editor.org/rfc/rfc7636#appendix-B
  expect(await codeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
})

test('a verifier has 43 unreserved characters, belongs to its challenge, and is new each time', async () => {
  const [first, second] = [await createPkce(), await createPkce()]
  // https://www.rfc-editor.org/rfc/rfc7636#section-4.1
  expect(first.verifier).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(first.challenge).toBe(await codeChallenge(first.verifier))
  expect(first.verifier).not.toBe(second.verifier)
})
