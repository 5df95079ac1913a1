import { expect } from 'vitest'
import { runCli } from './run-cli.ts'

/** The help texts of a command and of all commands below it, by command line. */
export async function allHelp(command: readonly string[] = []): Promise<[command: string, help: string][]> {
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

/** The command lines of the examples in a help text. */
export function examplesIn(help: string): string[] {
  const [, examples = ''] = help.split('\nExamples:\n')
  return (examples.split('\n\n')[0] ?? '').split('\n').map((line) => line.trim())
}
