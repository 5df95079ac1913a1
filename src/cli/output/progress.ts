import type { CommandRun } from '../define-command.ts'
import type { OutputFlags } from './output.ts'

/** The progress of long work on standard error. */
export interface Progress {
  /** Shows how much is done. Without a terminal, only the end is printed. */
  readonly bar: (label: string, done: number, total: number) => void
  /** Shows what is in progress. In a terminal, it replaces the last status; otherwise each new one is a line. */
  readonly status: (text: string) => void
  /** Prints a line that stays. */
  readonly line: (text: string) => void
  /** Ends the progress. What is shown stays. */
  readonly end: () => void
}

const barWidth = 24

/** Shows progress: a line that is drawn again in a terminal, plain lines elsewhere, nothing with `--quiet`. */
export function createProgress(run: Pick<CommandRun<OutputFlags>, 'process' | 'flags'>): Progress {
  const { stderr } = run.process
  const { quiet } = run.flags
  let shown = ''
  const draw = (text: string) => {
    if (quiet || text === shown) return
    stderr.write(stderr.isTerminal ? `\r\x1b[2K${cutToWidth(text, stderr.columns)}` : `${text}\n`)
    shown = text
  }
  const end = () => {
    if (stderr.isTerminal && shown !== '') stderr.write('\n')
    shown = ''
  }
  return {
    bar: (label, done, total) => {
      if (stderr.isTerminal || done === total) draw(`${label} ${formatBar(done, total)} ${done} of ${total}`)
    },
    status: draw,
    line: (text) => {
      draw(text)
      end()
    },
    end,
  }
}

/** A bar such as `████████░░░░░░░░`. */
export function formatBar(done: number, total: number): string {
  const filled = total <= 0 ? barWidth : Math.round((Math.min(done, total) / total) * barWidth)
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled)
}

/** A line that wraps cannot be drawn again. */
function cutToWidth(text: string, columns = 80): string {
  return text.length < columns ? text : `${text.slice(0, columns - 2)}…`
}
