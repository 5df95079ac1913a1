import { relative } from 'node:path'
import type { Prompts } from '../../cli-context.ts'
import { usageError } from '../../cli-error.ts'
import type { CommandRun } from '../../define-command.ts'
import type { OutputFlags } from '../../output/output.ts'
import { styleOf } from '../../output/style.ts'
import { nodeFileSystem } from '../disk/file-system.ts'
import { findFormatter } from '../format.ts'
import { type DecideChange, type GenerateTools, generateHandlers } from '../generate.ts'
import { describePlan } from '../plan-files.ts'
import { describeCommands } from '../templates/commands.ts'
import { printChanges } from './print-changes.ts'
import { type GenerateFlags, readFlags } from './read-flags.ts'
import { showDiff } from './show-diff.ts'

/** The flags of `generate handlers`. */
export type HandlersFlags = OutputFlags &
  GenerateFlags & {
    readonly skipExisting: boolean
    readonly overwrite: boolean
    readonly dryRun: boolean
  }

/** Runs `generate handlers`. */
export async function runHandlers(run: CommandRun<HandlersFlags>): Promise<void> {
  const { flags, output } = run
  if (flags.skipExisting && flags.overwrite) {
    throw usageError('The flags --skip-existing and --overwrite exclude each other.', 'Leave out one of them.')
  }
  const prompts = run.isInteractive && !flags.json ? run.prompts : undefined
  const { options, folder, project } = await readFlags(flags, {
    cwd: run.cwd,
    readText: nodeFileSystem.readText,
    prompts,
  })
  const tools = await createTools(run, project.root)
  const target = { folder, project, isDryRun: flags.dryRun }
  const decide = createDecision(run, prompts)
  const { changes } = await generateHandlers(tools, target, options, decide)
  const out = relative(run.cwd, folder) || '.'
  const { test, start } = describeCommands(describePlan(options, project))
  printChanges(output, { out, dryRun: flags.dryRun, test, start, changes })
  if (flags.dryRun) return output.note('Nothing was written (--dry-run).')
  output.note(`\nTest it:  ${test}\nStart it: ${start}`)
}

/** What the generator uses of this machine. */
export async function createTools({ output }: CommandRun<OutputFlags>, root: string): Promise<GenerateTools> {
  const fs = nodeFileSystem
  return { fs, formatter: await findFormatter(root, fs.readText), note: output.note, warn: output.warn }
}

/** Shows the difference of a file that the user has changed, and decides by the flags or by asking. */
export function createDecision(
  run: CommandRun<OutputFlags & Pick<HandlersFlags, 'overwrite' | 'skipExisting' | 'dryRun'>>,
  prompts: Prompts | undefined,
): DecideChange {
  const { flags, output } = run
  const { stderr } = run.process
  const style = styleOf(stderr)
  return async ({ path, disk = '' }, generated) => {
    // With --json, the difference is a part of the object.
    if (!output.isJson) stderr.write(`${showDiff(path, disk, generated, style)}\n`)
    if (flags.overwrite) return 'overwrite'
    if (flags.skipExisting) return 'skip'
    if (flags.dryRun) {
      output.warn(`${path} is not as it was generated. A run asks what to do, or needs --skip-existing or --overwrite.`)
      return 'skip'
    }
    return prompts?.select(`${path} is not as it was generated. What to do?`, choices)
  }
}

const choices = [
  { value: 'skip', hint: 'keep yours' },
  { value: 'overwrite', hint: 'replace it by the generated one' },
] as const
