import type { Readable, Writable } from 'node:stream'
import type { Choice, Prompts } from '../cli-context.ts'

interface PromptStreams {
  readonly input: Readable
  /** Standard error, because standard output is for data. */
  readonly output: Writable
  readonly signal: AbortSignal
  /** Called at Ctrl-C. A terminal that is asked for a line does not send the signal of Ctrl-C to the process. */
  readonly interrupt: () => void
}

/** Asks in a terminal. */
export function createPrompts({ interrupt, ...streams }: PromptStreams): Prompts {
  const answerOf = <Answer>(answer: Answer): Exclude<Answer, symbol> => {
    if (typeof answer !== 'symbol') return answer as Exclude<Answer, symbol>
    interrupt()
    throw new Error('Interrupted.')
  }
  return {
    text: async (message, initial = '') => {
      const { text } = await import('@clack/prompts')
      return (answerOf(await text({ ...streams, message, initialValue: initial })) ?? '').trim()
    },
    confirm: async (message) => {
      const { confirm } = await import('@clack/prompts')
      return answerOf(await confirm({ ...streams, message, initialValue: false }))
    },
    select: async <Value extends string>(message: string, choices: readonly Choice<Value>[]) => {
      const { select } = await import('@clack/prompts')
      return answerOf(await select<string>({ ...streams, message, options: choices.map(toOption) })) as Value
    },
    selectSeveral: async (message, choices) => {
      const { multiselect } = await import('@clack/prompts')
      return answerOf(
        await multiselect<string>({ ...streams, message, options: choices.map(toOption), required: true }),
      )
    },
  }
}

function toOption({ value, hint }: Choice<string>) {
  return { value, label: value, ...(hint !== undefined && { hint }) }
}
