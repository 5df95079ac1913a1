import { CliError } from '../../cli-error.ts'

/** An answer to choose. */
export interface Choice<Value extends string> {
  readonly value: Value
  readonly hint?: string
}

/** Asks the user in a terminal. */
export interface Prompts {
  readonly select: <Value extends string>(message: string, choices: readonly Choice<Value>[]) => Promise<Value>
  readonly selectSeveral: (message: string, choices: readonly Choice<string>[]) => Promise<readonly string[]>
  readonly text: (message: string, initial: string) => Promise<string>
}

/** Asks with clack, which reads the terminal of this process. */
export async function createPrompts(signal: AbortSignal): Promise<Prompts> {
  const { multiselect, select, text } = await import('@clack/prompts')
  return {
    select: async <Value extends string>(message: string, choices: readonly Choice<Value>[]) =>
      orInterrupt<string>(await select({ message, options: choices.map(toOption), signal })) as Value,
    selectSeveral: async (message, choices) =>
      orInterrupt<string[]>(
        await multiselect<string>({ message, options: choices.map(toOption), required: true, signal }),
      ),
    text: async (message, initial) =>
      orInterrupt<string>(await text({ message, initialValue: initial, validate: requireText, signal })),
  }
}

function toOption({ value, hint }: Choice<string>) {
  return { value, label: value, ...(hint !== undefined && { hint }) }
}

function requireText(value: string | undefined): string | undefined {
  return value?.trim() ? undefined : 'Enter a value.'
}

/** Ctrl-C gives a symbol instead of an answer. */
function orInterrupt<T extends string | string[]>(answer: T | symbol): T {
  if (typeof answer === 'symbol') throw interrupted()
  return answer
}

function interrupted(): CliError {
  return new CliError('interrupted', 'Nothing was written.', { exitCode: 130 })
}
