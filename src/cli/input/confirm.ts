import { CliError, usageError } from '../cli-error.ts'
import type { CommandRun } from '../define-command.ts'

/** The flag that replaces the question of a command that deletes something. */
export type YesFlag = { readonly yes: boolean }

/** The declaration of {@link YesFlag}. */
export const yesFlag = {
  yes: { kind: 'boolean', brief: 'Do it without asking', default: false, withNegated: false },
} as const

/**
 * Asks whether to go on, except with `--yes`.
 *
 * @throws CliError when the answer is no, and when there is no terminal to ask in.
 */
export async function confirm(run: CommandRun<YesFlag>, question: string): Promise<void> {
  if (run.flags.yes) return
  if (!run.isInteractive) {
    throw usageError(
      'Without a terminal, this command cannot ask whether to go on.',
      'Pass --yes to go on without asking.',
    )
  }
  if (!(await run.prompts.confirm(question))) throw declined()
}

/** What a command ends with when the person does not confirm. */
export function declined(): CliError {
  return new CliError('declined', 'Nothing was changed.')
}
