import { relative, resolve } from 'node:path'
import { exitCodes } from '../../cli-context.ts'
import type { CommandRun } from '../../define-command.ts'
import type { OutputFlags } from '../../output/output.ts'
import { styleOf } from '../../output/style.ts'
import { nodeFileSystem } from '../disk/file-system.ts'
import type { FileChange } from '../file-change.ts'
import { templateVersion } from '../plan-files.ts'
import { readProject } from '../project.ts'
import { type ChangeOptions, updateHandlers } from '../update.ts'
import { printChanges } from './print-changes.ts'
import { createTools } from './run-handlers.ts'
import { showDiff } from './show-diff.ts'

/** The flags of `generate update` and `generate add`. */
export type UpdateFlags = OutputFlags & {
  readonly out: string
  readonly dryRun: boolean
}

/** Runs `generate update`, and `generate add`, which changes the options first. */
export async function runUpdate(run: CommandRun<UpdateFlags>, changeOptions?: ChangeOptions): Promise<void> {
  const { flags, output, cwd } = run
  const folder = resolve(cwd, flags.out)
  const project = await readProject(folder, cwd, nodeFileSystem.readText)
  const tools = await createTools(run, project.root)
  const target = { folder, project, isDryRun: flags.dryRun }
  const { changes, fromVersion } = await updateHandlers(tools, target, changeOptions)
  if (!output.isJson) showMerges(run, changes)
  const out = relative(cwd, folder) || '.'
  printChanges(output, { out, dryRun: flags.dryRun, from: fromVersion, to: templateVersion, changes })
  if (flags.dryRun) output.note('Nothing was written (--dry-run).')
  const open = changes.filter(isOpen)
  if (open.length === 0) return
  run.setExitCode(exitCodes.findings)
  for (const { path, action } of open) {
    output.warn(
      action === 'conflict'
        ? `${path} has conflicts. They are marked with "<<<<<<<": decide each of them.`
        : `${path} is yours, and has the name of a generated file. It was left.`,
    )
  }
}

/** Shows the difference of each file that was merged. With `--json`, it is a part of the object. */
function showMerges(run: CommandRun<UpdateFlags>, changes: readonly FileChange[]): void {
  const { stderr } = run.process
  for (const { path, action, before, after } of changes) {
    if (action !== 'merge' && action !== 'conflict') continue
    stderr.write(`${showDiff(path, before ?? '', after ?? '', styleOf(stderr))}\n`)
  }
}

/** Whether the user has to do something about a file. */
function isOpen({ action, before, generated, isYours }: FileChange): boolean {
  return action === 'conflict' || (action === 'skip' && isYours && before !== undefined && generated !== undefined)
}
