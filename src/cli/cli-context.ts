import type { CommandContext } from '@stricli/core'

/** A stream that the command line writes to. */
export interface CliStream {
  readonly write: (text: string) => void
  /** Whether a person reads it, rather than a pipe or a file. */
  readonly isTerminal: boolean
  /** Whether text may be coloured: in terminals, unless `NO_COLOR` is set. */
  readonly hasColors: boolean
  /** The width in characters. Absent where the stream is not a terminal. */
  readonly columns?: number | undefined
}

/** The streams of the process. */
export interface CliProcess {
  /** Data only, so that it can be piped into other programs. */
  readonly stdout: CliStream
  /** Notes, progress and errors. */
  readonly stderr: CliStream
}

/** What a command is given of its process and machine. Nothing else in `cli/` touches `process`. */
export interface CliContext extends CommandContext {
  readonly process: CliProcess
  readonly stdin: AsyncIterable<Uint8Array>
  /** The environment variables of the process. Values of files are not among them: see `readCredentials`. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The working folder. */
  readonly cwd: string
  /** The folder of the profiles, which need not exist. */
  readonly configFolder: string
  /** The folder of the guides that are in the package. */
  readonly guidesFolder: string
  /** Whether a person can answer questions: standard input and standard error are terminals, and `CI` is not set. */
  readonly isInteractive: boolean
  /** Asks the person at the terminal. Use it only where `isInteractive` is true. */
  readonly prompts: Prompts
  /** Fires at Ctrl-C. */
  readonly signal: AbortSignal
  readonly fetch: typeof fetch
  /** The time of this machine, in milliseconds since 1970. */
  readonly now: () => number
  /** Waits. Rejects when `signal` fires. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /**
   * Runs a command line in a shell, with its input and output passed through, and resolves to its exit code. `Ctrl-C` ends
   * the shell and everything that it has started.
   */
  readonly runShell: (command: string, options: ShellOptions) => Promise<number>
  /**
   * Records the exit code of a command that has reported its findings itself: one of `exitCodes`, or the exit code of a
   * program that the command has run.
   */
  readonly setExitCode: (exitCode: number) => void
  /** Proposes how a command line goes on: its last word, which may be empty, is the one to complete. */
  readonly proposeCompletions: (words: readonly string[]) => Promise<readonly CompletionProposal[]>
  /** The words of the command line that is being completed. Absent when a command runs. */
  readonly completedWords?: readonly string[] | undefined
}

/** A word that can be next in a command line. */
export interface CompletionProposal {
  readonly completion: string
  /** What it means, in a few words. */
  readonly brief: string
}

/** How a command line is run in a shell. */
export interface ShellOptions {
  readonly cwd: string
  /** The environment variables. Those that are `undefined` are not set. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Ends the shell when it fires. */
  readonly signal: AbortSignal
}

/** Questions to the person at the terminal. They reject when the person presses Ctrl-C. */
export interface Prompts {
  /** Asks for a line of text, and proposes `initial`. Resolves to it without spaces around it. */
  readonly text: (question: string, initial?: string) => Promise<string>
  /** Asks a question that is answered by yes or no. The proposed answer is no. */
  readonly confirm: (question: string) => Promise<boolean>
  /** Asks for one of the choices. */
  readonly select: <Value extends string>(question: string, choices: readonly Choice<Value>[]) => Promise<Value>
  /** Asks for one or more of the choices. */
  readonly selectSeveral: (question: string, choices: readonly Choice<string>[]) => Promise<readonly string[]>
}

/** An answer to choose. */
export interface Choice<Value extends string> {
  readonly value: Value
  /** What it means. */
  readonly hint?: string
}

/** The exit codes of the command line. They are part of its interface. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  /** A flag or argument is missing or wrong. */
  usage: 2,
  /** The command worked, and found something that needs attention. */
  findings: 3,
  /** Credentials are missing, or X refused them. */
  credentials: 4,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
