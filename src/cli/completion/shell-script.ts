import { script } from '@bomb.sh/tab'

/** The shells whose completion is supported. */
export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell'

/** The script that completes the command lines of a program in a shell. It asks the program: `<name> complete -- …`. */
export function shellScript(shell: Shell, name: string): string {
  const text = printedBy(() => script(shell, name, name))
  if (shell !== 'bash') return text
  // Where the program proposes nothing, bash proposes files.
  return `${bashFallback}${text.replace('complete -F', 'complete -o default -F')}`
}

/** `script` prints its result to the console. */
function printedBy(print: () => void): string {
  const lines: string[] = []
  const { log } = console
  console.log = (line: unknown) => void lines.push(String(line))
  try {
    print()
  } finally {
    console.log = log
  }
  return lines.join('\n')
}

/** A function of the package bash-completion, which not every system has. */
const bashFallback = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
    _get_comp_words_by_ref() {
        cur="\${COMP_WORDS[COMP_CWORD]}"
        prev="\${COMP_WORDS[COMP_CWORD-1]}"
        words=("\${COMP_WORDS[@]}")
        cword=$COMP_CWORD
    }
fi

`
