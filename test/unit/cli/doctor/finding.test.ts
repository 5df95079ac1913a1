import { describe, expect, it } from 'vitest'
import { createReport, doubtful, fail, pass, skipped } from '../../../../src/cli/doctor/finding.ts'

describe('createReport', () => {
  const titles = { a: 'A', b: 'B' }

  it('keeps the order of the titles, and skips what has no result', () => {
    const report = createReport(titles, new Map([['b', pass('right')]]), 'The server does not answer.')
    expect(report).toEqual({
      ok: true,
      checks: [
        { id: 'a', status: 'skipped', seen: 'The server does not answer.' },
        { id: 'b', status: 'pass', seen: 'right' },
      ],
    })
  })

  it.each([
    [fail('wrong', 'Mend it.'), false],
    [doubtful('slow', 'Mend it.'), true],
    [skipped('no secret'), true],
  ])('is ok without a failed check: %j', (result, ok) => {
    expect(createReport(titles, new Map([['a', result]]), '').ok).toBe(ok)
  })
})

describe('what was seen', () => {
  it('is one line without control characters', () => {
    expect(pass('a\u001b[31mred\r\nb').seen).toBe('a\ufffd[31mred b')
  })

  it('has at most 300 characters', () => {
    expect(pass('a'.repeat(300)).seen).toBe('a'.repeat(300))
    expect(pass('a'.repeat(301)).seen).toBe(`${'a'.repeat(300)}…`)
  })
})
