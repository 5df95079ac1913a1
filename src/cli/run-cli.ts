import { ExitCode as parserExitCodes, proposeCompletions, run } from '@stricli/core'
import { createApp } from './app.ts'
import { type CliContext, exitCodes } from './cli-context.ts'

/** What {@link runCli} needs of a process: a context without what depends on one run. */
export type CliEnvironment = Omit<CliContext, 'setExitCode' | 'proposeCompletions'>

/** Runs one command line. Resolves to the exit code, and does not reject. */
export async function runCli(
  args: readonly string[],
  { version, ...environment }: CliEnvironment & { readonly version: string },
): Promise<number> {
  let recorded: number | undefined
  const { stdout, stderr } = environment.process
  const parser: { exitCode?: number | string | null } = {}
  const toStricli = (stream: CliContext['process']['stdout']) => ({
    ...stream,
    getColorDepth: () => (stream.hasColors ? 8 : 1),
  })
  const app = createApp({ version, json: hasJsonFlag(args) })
  const context: CliContext = {
    ...environment,
    process: Object.assign(parser, { stdout: toStricli(stdout), stderr: toStricli(stderr) }),
    setExitCode: (exitCode) => {
      recorded = exitCode
    },
    proposeCompletions: (words) => proposeCompletions(app, words, { ...context, completedWords: words }),
  }
  await run(app, args, context)
  if (environment.signal.aborted) return exitCodes.interrupted
  return recorded ?? exitCodeOfParser(parser.exitCode)
}

function hasJsonFlag(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? undefined : end).includes('--json')
}

/** stricli has negative exit codes: most of them are for arguments that it cannot parse. */
function exitCodeOfParser(exitCode: unknown): number {
  if (exitCode === 0) return exitCodes.ok
  return exitCode === parserExitCodes.UnknownCommand || exitCode === parserExitCodes.InvalidArgument
    ? exitCodes.usage
    : exitCodes.failed
}
