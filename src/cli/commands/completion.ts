import type { Shell } from '../completion/shell-script.ts'
import { defineCommand } from '../define-command.ts'
import { type OutputFlags, outputFlags } from '../output/output.ts'

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const satisfies readonly Shell[]

/** Prints the script that completes command lines in a shell. */
export const completionCommand = defineCommand<OutputFlags, [shell: Shell]>({
  brief: 'Print the script that completes command lines in a shell',
  description: `Add it to the start-up file of your shell:
  bash        eval "$(x-account-activity completion bash)"
  zsh         source <(x-account-activity completion zsh)
  fish        x-account-activity completion fish | source
  powershell  x-account-activity completion powershell | Out-String | Invoke-Expression
It completes commands, flags, event types, and the ids of webhooks, rules and subscriptions, for which it asks X.`,
  examples: ['x-account-activity completion bash', 'x-account-activity completion zsh'],
  parameters: {
    flags: outputFlags,
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: shells.join(', '),
          placeholder: 'shell',
          parse: parseShell,
          proposeCompletions: (partial: string) => shells.filter((shell) => shell.startsWith(partial)),
        },
      ],
    },
  },
  async run(run, shell) {
    const { shellScript } = await import('../completion/shell-script.ts')
    const script = shellScript(shell, 'x-account-activity')
    run.output.print({ shell, script }, () => script)
  },
})

function parseShell(text: string): Shell {
  const shell = shells.find((known) => known === text)
  if (shell === undefined) throw new RangeError(`"${text}" is not a known shell. Use one of: ${shells.join(', ')}.`)
  return shell
}

/**
 * What the scripts of `completion` call. It prints a line for each proposal, and one that says whether the shell may
 * propose files: 0 for yes, 4 for no.
 */
export const completeCommand = defineCommand<OutputFlags, string[]>({
  brief: 'Propose how a command line goes on, for the scripts of "completion"',
  examples: ['x-account-activity complete -- webhooks li'],
  parameters: {
    flags: outputFlags,
    positional: {
      kind: 'array',
      parameter: { brief: 'The words of the command line', placeholder: 'word', parse: String },
    },
  },
  async run(run, ...words) {
    const proposals = await run.proposeCompletions(words)
    run.output.print({ proposals }, () =>
      [
        ...proposals.map(({ completion, brief }) => `${completion}\t${brief}`),
        `:${proposals.length === 0 ? 0 : 4}`,
      ].join('\n'),
    )
  },
})
