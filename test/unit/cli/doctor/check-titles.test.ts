import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { credentialChecks, webhookChecks } from '../../../../src/cli/doctor/check-titles.ts'

const guide = readFileSync(new URL('../../../../docs/guides/doctor.md', import.meta.url), 'utf8')

/** The ids in the first column of the table below a heading of the guide. */
function idsBelow(heading: string): string[] {
  const [, section = ''] = guide.split(`## ${heading}\n`)
  const [table = ''] = section.split('\n## ')
  return [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, id = '']) => id)
}

it.each([
  ['The checks of a webhook', webhookChecks],
  ['The checks of the credentials', credentialChecks],
])('the guide lists "%s" in their order', (heading, checks) => {
  expect(idsBelow(heading)).toEqual(Object.keys(checks))
})
