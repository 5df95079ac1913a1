import type { Output } from '../../output/output.ts'
import type { Style } from '../../output/style.ts'
import type { FileAction, FileChange } from '../file-change.ts'
import { showDiff } from './show-diff.ts'

/** A file in the output of `--json`. */
export interface ReportedFile {
  readonly path: string
  readonly action: FileAction
  /** What differs between your file and the generated or merged one: a unified diff. Absent when nothing differs. */
  readonly diff?: string
}

/** What is printed. Members besides `changes` are part of the JSON as they are. */
export interface ChangesReport {
  /** The output folder, as seen from the working folder. */
  readonly out: string
  readonly dryRun: boolean
  /** The version of the templates before. */
  readonly from?: number | undefined
  /** The version of the templates now. */
  readonly to?: number
  /** The command that runs the tests. */
  readonly test?: string
  /** The command that starts the server. */
  readonly start?: string
  readonly changes: readonly FileChange[]
}

/** Prints what happened to each file: as an object with `--json`, else a line for each. */
export function printChanges(output: Output, { changes, ...report }: ChangesReport): void {
  const files: ReportedFile[] = changes.map((change) => {
    const diff = diffOf(change)
    return { path: change.path, action: change.action, ...(diff !== undefined && { diff }) }
  })
  const width = Math.max(...files.map(({ action }) => action.length))
  output.print({ ...report, files }, () =>
    files.map(({ path, action }) => `${colored(action.padEnd(width), action, output.style)}  ${path}`).join('\n'),
  )
}

/** The difference of a file that the user has changed. */
function diffOf({ path, action, before, after, generated }: FileChange): string | undefined {
  const isMerged = action === 'merge' || action === 'conflict'
  if (!isMerged && action !== 'overwrite' && action !== 'skip') return undefined
  const result = isMerged ? after : generated
  return before === undefined || result === undefined ? undefined : showDiff(path, before, result, plain)
}

const plain: Style = (_, text) => text

function colored(text: string, action: FileAction, style: Style): string {
  if (action === 'unchanged' || action === 'skip') return style('dim', text)
  return style(action === 'conflict' || action === 'delete' ? 'red' : action === 'create' ? 'green' : 'yellow', text)
}
