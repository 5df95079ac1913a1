import { expect, test } from 'vitest'
import { runCli } from './support/run-cli.ts'

test('docs prints the guides of the package, without a network', async () => {
  const list = await runCli(['docs', '--json'])
  expect(list).toMatchObject({ code: 0, stderr: '' })
  const topics = JSON.parse(list.stdout).guides.map(({ topic }: { topic: string }) => topic)
  expect(topics).toEqual(expect.arrayContaining(['quickstart', 'replay', 'troubleshooting']))
  const { code, stdout } = await runCli(['docs', 'replay', '--json'])
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, topic: 'replay', markdown: expect.any(String) })
  expect(await runCli(['docs', 'reply'])).toMatchObject({ code: 2, stderr: expect.stringContaining('"replay"') })
})
