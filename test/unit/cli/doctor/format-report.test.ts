import { expect, it } from 'vitest'
import { createReport, doubtful, fail, pass, skipped } from '../../../../src/cli/doctor/finding.ts'
import { formatReport } from '../../../../src/cli/doctor/format-report.ts'

const titles = { dns: 'DNS', tls: 'certificate', a: 'first', b: 'second', c: 'third' } as const

const report = createReport<keyof typeof titles>(
  titles,
  new Map([
    ['dns', pass('127.0.0.1')],
    ['tls', fail('ended on 2021-01-01', 'Renew it.')],
  ]),
  'There was no TLS connection.',
)

it('aligns the checks, with what to do below', () => {
  expect(formatReport(report, titles, (_, text) => text)).toBe(
    [
      '✓ DNS                127.0.0.1',
      '✗ certificate        ended on 2021-01-01',
      '  → Renew it.',
      '- first, and 2 more  There was no TLS connection.',
      '',
      '1 passed, 1 failed, 0 doubtful, 3 skipped.',
    ].join('\n'),
  )
})

it('marks each result with a colour', () => {
  const results = [pass('1'), fail('2', 'Fix.'), doubtful('3', 'Fix.'), skipped('4'), skipped('5')]
  const ids = Object.keys(titles) as (keyof typeof titles)[]
  const entries = ids.map((id, index) => [id, results[index] ?? skipped('')] as const)
  const text = formatReport(createReport(titles, new Map(entries), ''), titles, (format, part) => `<${format} ${part}>`)
  expect(text.match(/<(?:green|red|yellow|dim) .>/g)).toEqual([
    '<green ✓>',
    '<red ✗>',
    '<yellow !>',
    '<dim ->',
    '<dim 4>',
    '<dim ->',
    '<dim 5>',
  ])
})
