import { join, relative, resolve } from 'node:path'
import { type Delivery, parseDelivery } from '../../../entries/events.ts'
import { CliError, usageError } from '../../cli-error.ts'
import type { CommandRun } from '../../define-command.ts'
import { readInput } from '../../input/read-input.ts'
import type { OutputFlags } from '../../output/output.ts'
import { deliveryHandlers } from '../delivery-handlers.ts'
import { commitChanges } from '../disk/commit-changes.ts'
import { nodeFileSystem } from '../disk/file-system.ts'
import type { FileChange } from '../file-change.ts'
import { formatFiles } from '../format.ts'
import { compare, decideChanges, openFolder } from '../generate.ts'
import { isJsonObject } from '../json-with-comments.ts'
import type { Language } from '../options.ts'
import { readProject } from '../project.ts'
import type { GeneratedFile } from '../templates/context.ts'
import { printChanges } from './print-changes.ts'
import { createDecision, createTools } from './run-handlers.ts'

/** The flags of `generate types`. */
export type TypesFlags = OutputFlags & {
  readonly from: string
  readonly out?: string | undefined
  readonly language: Language
  readonly skipExisting: boolean
  readonly overwrite: boolean
  readonly dryRun: boolean
}

/** Runs `generate types`. Without `--out`, the code is printed. */
export async function runTypes(run: CommandRun<TypesFlags>): Promise<void> {
  const { flags, output, cwd } = run
  if (flags.skipExisting && flags.overwrite) {
    throw usageError('The flags --skip-existing and --overwrite exclude each other.', 'Leave out one of them.')
  }
  const { events } = await readDelivery(run, flags.from)
  if (events.length === 0) throw new CliError('no_events', `The delivery in ${flags.from} has no events.`)
  const folder = resolve(cwd, flags.out ?? '.')
  const project = await readProject(folder, cwd, nodeFileSystem.readText)
  const tools = await createTools(run, project.root)
  const files = await formatFiles(tools.formatter, folder, deliveryHandlers(events, flags.language), (path) =>
    output.warn(`${tools.formatter?.name} did not format ${path}.`),
  )
  if (flags.out === undefined) return printFiles(run, files)
  const target = { folder, project, isDryRun: flags.dryRun }
  await openFolder(tools, target)
  const prompts = run.isInteractive && !flags.json ? run.prompts : undefined
  const changes = await decideChanges(await compare(tools, target, files, undefined), createDecision(run, prompts))
  if (!flags.dryRun) await commitChanges(tools.fs, folder, changes.filter(isChanged))
  printChanges(output, { out: relative(cwd, folder) || '.', dryRun: flags.dryRun, changes })
  if (flags.dryRun) output.note('Nothing was written (--dry-run).')
}

function isChanged({ action }: FileChange): boolean {
  return action === 'create' || action === 'overwrite'
}

function printFiles({ output }: CommandRun<TypesFlags>, files: readonly GeneratedFile[]): void {
  output.print({ files }, () => files.map(({ text }) => text.trimEnd()).join('\n\n'))
}

/** Reads a body of X, or an object with the body as text in `body`. */
async function readDelivery(run: CommandRun<TypesFlags>, file: string): Promise<Delivery> {
  const text = new TextDecoder().decode(await readInput(run, file))
  try {
    const value: unknown = JSON.parse(text)
    return parseDelivery(isJsonObject(value) && typeof value.body === 'string' ? value.body : text)
  } catch (error) {
    throw new CliError('not_a_delivery', `${join(file)} is not a delivery: ${(error as Error).message}`, {
      hint: 'Save the body of a request that X has sent, as JSON.',
    })
  }
}
