import { expect, test } from 'vitest'
import { allHelp } from './support/all-help.ts'
import { runCli } from './support/run-cli.ts'

test('each command has a help text, with examples of itself', async () => {
  for (const [command, help] of await allHelp()) {
    expect(help).toMatchSnapshot(command)
    if (!help.includes('\nCOMMANDS\n')) expect(help).toContain(`\nExamples:\n  x-account-activity ${command}`)
    expect(help.split('\n').filter((line) => line.length > 200)).toEqual([])
  }
})

test('no arguments print the help text', async () => {
  const { stdout: help } = await runCli(['--help'])
  expect(await runCli([])).toEqual({ code: 0, stdout: help, stderr: '' })
})
