import type { CliContext } from '../cli-context.ts'
import { formatErrorReport, toErrorReport } from './error-report.ts'
import { type Style, styleOf } from './style.ts'
import { formatTable, type TableColumn } from './table.ts'

/** The flags that decide how a command prints. Every command has them. */
export type OutputFlags = {
  readonly json: boolean
  readonly quiet: boolean
}

/** The declarations of {@link OutputFlags}. */
export const outputFlags = {
  json: { kind: 'boolean', brief: 'Print JSON, for programs', default: false, withNegated: false },
  quiet: { kind: 'boolean', brief: 'Print no notes', default: false, withNegated: false },
} as const

/** How a command prints. Data goes to standard output, all else to standard error. */
export interface Output {
  /** Whether the command prints JSON. */
  readonly isJson: boolean
  /** Prints the result, or one item of a stream: as a line of JSON with `--json`, else as text. */
  readonly print: (value: object, text: () => string) => void
  /** Prints a list as a table, or the object with `--json`. Without rows, it notes `empty`. */
  readonly table: <Row>(value: object, table: Table<Row>) => void
  /** Prints a note to standard error, except with `--quiet`. */
  readonly note: (text: string) => void
  /** Prints a warning to standard error, also with `--quiet`. */
  readonly warn: (text: string) => void
  /** Prints an error as `--json` or a person needs it. */
  readonly error: (error: unknown) => void
  /** Styles a part of the text for standard output. */
  readonly style: Style
}

/** A list, and what is said where it is empty. */
export interface Table<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  /** What it means that there are no rows, and what to do next. */
  readonly empty: string
}

export function createOutput(
  { stdout, stderr }: CliContext['process'],
  { json, quiet }: Pick<OutputFlags, 'json' | 'quiet'>,
): Output {
  const style = styleOf(stdout)
  const noteStyle = styleOf(stderr)
  const note = (text: string) => {
    if (!quiet) stderr.write(`${text}\n`)
  }
  const print = (value: object, text: () => string) => {
    stdout.write(`${json ? JSON.stringify(value) : text()}\n`)
  }
  return {
    isJson: json,
    print,
    table: (value, { columns, rows, empty }) => {
      if (rows.length === 0) note(empty)
      if (rows.length > 0 || json)
        print(value, () => formatTable(columns, rows, { header: (text) => style('dim', text), width: stdout.columns }))
    },
    note,
    warn: (text) => {
      stderr.write(`${noteStyle('yellow', 'warning:')} ${text}\n`)
    },
    error: (error) => {
      const report = toErrorReport(error)
      stderr.write(`${json ? JSON.stringify({ error: report }) : formatErrorReport(report, noteStyle)}\n`)
    },
    style,
  }
}
