import { join } from 'node:path'
import { exitCodes } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import { checkPaths } from './disk/check-paths.ts'
import { commitChanges, type FileWrite, needsRecovery, recover } from './disk/commit-changes.ts'
import type { FileSystem } from './disk/file-system.ts'
import { formatManifest, hashOf, type Manifest, manifestName, readManifest } from './disk/manifest.ts'
import { type ComparedFile, changeOf, compareFiles, type FileChange, isSame, recordsOf } from './file-change.ts'
import { type Formatter, formatFiles } from './format.ts'
import type { GenerateOptions } from './options.ts'
import { planFiles, templateVersion } from './plan-files.ts'
import type { Project } from './project.ts'
import type { GeneratedFile } from './templates/context.ts'

/** What the generator needs from outside. */
export interface GenerateTools {
  readonly fs: FileSystem
  readonly formatter: Formatter | undefined
  /** Prints a note. */
  readonly note: (text: string) => void
  /** Prints a warning. */
  readonly warn: (text: string) => void
}

/** Where files are written. */
export interface Target {
  /** The folder of `--out`, absolute. */
  readonly folder: string
  readonly project: Project
  /** Whether nothing is written. */
  readonly isDryRun: boolean
}

/** Decides what happens to a file that the user has changed. `undefined` without a terminal to ask in. */
export type DecideChange = (file: ComparedFile, generated: string) => Promise<'overwrite' | 'skip' | undefined>

/** What a run has done, or would do. */
export interface GenerateResult {
  readonly changes: readonly FileChange[]
  readonly options: GenerateOptions
  /** The version of the templates that the files came from. `undefined` for a new folder. */
  readonly fromVersion: number | undefined
}

/** The manifest, after what an interrupted run has left is finished or undone. */
export async function openFolder({ fs, note }: GenerateTools, target: Target): Promise<Manifest | undefined> {
  const { folder, isDryRun } = target
  if (await needsRecovery(fs, folder)) {
    if (isDryRun) note('An earlier run was interrupted. The next run without --dry-run finishes or undoes it first.')
    else if ((await recover(fs, folder)) === 'finished') note('Finished an earlier run that was interrupted.')
  }
  await checkPaths(fs, folder, [manifestName])
  const manifest = await readManifest(fs, folder)
  await checkPaths(fs, folder, manifest?.files.keys() ?? [])
  return manifest
}

/**
 * Generates handlers into a folder.
 *
 * @throws CliError when the options do not fit together, or a file cannot be written safely.
 */
export async function generateHandlers(
  tools: GenerateTools,
  target: Target,
  options: GenerateOptions,
  decide: DecideChange,
): Promise<GenerateResult> {
  const files = await planFormatted(tools, target, options)
  const manifest = await openFolder(tools, target)
  const changes = await decideChanges(await compare(tools, target, files, manifest), decide)
  await writeChanges(tools, target, { changes, files, options, manifest })
  return { changes, options, fromVersion: manifest?.templateVersion }
}

/** The generated files, formatted as the project does. */
export async function planFormatted(
  { formatter, warn }: GenerateTools,
  { folder, project }: Target,
  options: GenerateOptions,
): Promise<readonly GeneratedFile[]> {
  return formatFiles(formatter, folder, planFiles(options, project), (path, error) =>
    warn(`${formatter?.name} did not format ${path}: ${String(error).split('\n')[0]}`),
  )
}

export async function compare(
  { fs }: GenerateTools,
  { folder }: Target,
  files: readonly GeneratedFile[],
  manifest: Manifest | undefined,
): Promise<readonly ComparedFile[]> {
  await checkPaths(
    fs,
    folder,
    files.map(({ path }) => path),
  )
  return compareFiles(files, manifest, (path) => fs.readText(join(folder, path)))
}

/**
 * What happens to each file.
 *
 * @throws CliError when files are changed, and neither flags nor a person decide.
 */
export async function decideChanges(files: readonly ComparedFile[], decide: DecideChange): Promise<FileChange[]> {
  const changes: FileChange[] = []
  const undecided: string[] = []
  for (const file of files) {
    const change = await decideChange(file, decide)
    if (change === undefined) undecided.push(file.path)
    else changes.push(change)
  }
  if (undecided.length > 0) throw changedFiles(undecided)
  return changes
}

/** `undefined` when neither flags nor a person decide. */
async function decideChange(file: ComparedFile, decide: DecideChange): Promise<FileChange | undefined> {
  const { disk, generated, record } = file
  if (isSame(disk, generated)) return changeOf(file, 'unchanged', disk)
  if (disk === undefined) return changeOf(file, 'create', generated)
  const isAsGenerated = record?.hash === hashOf(disk)
  if (generated === undefined) {
    return isAsGenerated ? changeOf(file, 'delete', undefined) : changeOf(file, 'skip', disk)
  }
  if (isAsGenerated) return changeOf(file, 'update', generated)
  switch (await decide(file, generated)) {
    case 'overwrite':
      return changeOf(file, 'overwrite', generated)
    case 'skip':
      return changeOf(file, 'skip', disk)
    case undefined:
      return undefined
  }
}

function changedFiles(paths: readonly string[]): CliError {
  return new CliError('file_changed', `Nothing was written, because you have changed ${paths.join(', ')}.`, {
    hint: 'Pass --skip-existing to keep these files, or --overwrite to replace them.',
    exitCode: exitCodes.usage,
  })
}

/** What is written at the end of a run. */
export interface Outcome {
  readonly changes: readonly FileChange[]
  readonly files: readonly GeneratedFile[]
  readonly options: GenerateOptions
  /** The manifest before. */
  readonly manifest: Manifest | undefined
}

/** Writes the files and the manifest: all of them or none. Writes nothing when nothing has changed. */
export async function writeChanges(tools: GenerateTools, target: Target, outcome: Outcome): Promise<void> {
  const { fs } = tools
  const { folder, isDryRun } = target
  if (isDryRun) return
  const writes: FileWrite[] = outcome.changes
    .filter(({ before, after }) => !isSame(before, after))
    .map(({ path, before, after }) => ({ path, before, after }))
  const before = await fs.readText(join(folder, manifestName))
  const after = await manifestText(tools, target, outcome)
  if (before !== after) writes.push({ path: manifestName, before, after })
  try {
    await commitChanges(fs, folder, writes)
  } catch (cause) {
    throw new CliError('write_failed', `The files could not be written to ${folder}: ${(cause as Error).message}.`, {
      hint: 'Run the command again: it finishes or undoes what was begun.',
      cause,
    })
  }
}

async function manifestText(
  { formatter }: GenerateTools,
  { folder }: Target,
  { files, options, manifest }: Outcome,
): Promise<string | undefined> {
  const text = formatManifest({ templateVersion, options, files: recordsOf(files, manifest) })
  const [formatted] = await formatFiles(formatter, folder, [{ path: manifestName, text }], () => undefined)
  return formatted?.text
}
