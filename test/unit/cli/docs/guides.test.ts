import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { similarTopics } from '../../../../src/cli/docs/guides.ts'
import { runCommand } from '../../../support/run-command.ts'

const guidesFolder = 'docs/guides'
const topics = readdirSync(guidesFolder).map((file) => file.replace(/\.md$/, ''))

test('lists the guides', async () => {
  const { code, stdout } = await runCommand(['docs', '--json'], { guidesFolder })
  expect(code).toBe(0)
  const { guides } = JSON.parse(stdout)
  expect(guides.map(({ topic }: { topic: string }) => topic)).toEqual([...topics].sort())
  expect(guides.filter(({ title }: { title: string }) => title === '')).toEqual([])
  expect((await runCommand(['docs'], { guidesFolder })).stdout).toMatch(/^TOPIC +GUIDE\n/)
})

test('prints a guide', async () => {
  const { code, stdout } = await runCommand(['docs', 'errors'], { guidesFolder })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Errors, and what to do\n/)
  expect(stdout).toMatch(/\n {4}import \{ createClient \} from 'x-account-activity'\n/)
  const asJson = await runCommand(['docs', 'errors', '--json'], { guidesFolder })
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    topic: 'errors',
    title: 'Errors, and what to do',
    markdown: expect.stringMatching(/^# Errors, and what to do\n/),
  })
})

test('suggests a topic for a wrong one, and reads no other file', async () => {
  expect(await runCommand(['docs', 'error'], { guidesFolder })).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'error: There is no guide "error". Did you mean "errors"?\nRun "x-account-activity docs" for the list of topics.\n',
  })
  for (const topic of ['../architecture', '..', '']) {
    expect(await runCommand(['docs', topic], { guidesFolder })).toMatchObject({ code: 2, stdout: '' })
  }
})

test.each([
  ['replya', ['replay']],
  ['signin', ['sign-in']],
  ['moving', ['moving-to-v2', 'moving-to-x-activity']],
  ['zzzzzzzz', []],
])('%s is similar to %j', (topic, expected) => {
  expect(similarTopics(topic, topics)).toEqual(expected)
})
