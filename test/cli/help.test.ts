import { expect, test } from 'vitest'
import { runCli } from './support/run-cli.ts'

/** The help texts of a command and of all commands below it, by command line. */
async function allHelp(command: readonly string[] = []): Promise<[command: string, help: string][]> {
  const { code, stdout, stderr } = await runCli([...command, '--help'])
  expect({ code, stderr }, command.join(' ')).toEqual({ code: 0, stderr: '' })
  const below = []
  for (const name of commandsIn(stdout)) below.push(...(await allHelp([...command, name])))
  return [[command.join(' '), stdout], ...below]
}

/** The names of the commands in a help text. */
function commandsIn(help: string): string[] {
  const [, list = ''] = help.split('\nCOMMANDS\n')
  return list.split('\n').flatMap((line) => /^ {2}([a-z-]+) {2}/.exec(line)?.[1] ?? [])
}

test('each command has a help text, with examples of itself', async () => {
  for (const [command, help] of await allHelp()) {
    expect(help).toMatchSnapshot(command)
    if (!help.includes('\nCOMMANDS\n')) expect(help).toContain(`\nExamples:\n  x-account-activity ${command}`)
    expect(help.split('\n').filter((line) => line.length > 180)).toEqual([])
  }
})

test('no arguments print the help text', async () => {
  const { stdout: help } = await runCli(['--help'])
  expect(await runCli([])).toEqual({ code: 0, stdout: help, stderr: '' })
})
