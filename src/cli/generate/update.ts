import { CliError, usageError } from '../cli-error.ts'
import { baseOf, hashOf } from './disk/manifest.ts'
import { type ComparedFile, changeOf, type FileChange, isSame } from './file-change.ts'
import {
  compare,
  type GenerateResult,
  type GenerateTools,
  openFolder,
  planFormatted,
  type Target,
  writeChanges,
} from './generate.ts'
import { mergeTexts } from './merge-texts.ts'
import type { GenerateOptions } from './options.ts'

/** Changes the options that a folder was generated with. */
export type ChangeOptions = (options: GenerateOptions) => GenerateOptions

/**
 * Generates the files of a folder again, with the options that it was generated with, and brings what is new into files
 * that the user has changed.
 *
 * @throws CliError when the folder was not generated.
 */
export async function updateHandlers(
  tools: GenerateTools,
  target: Target,
  changeOptions: ChangeOptions = (options) => options,
): Promise<GenerateResult> {
  const manifest = await openFolder(tools, target)
  if (manifest === undefined) {
    throw new CliError('not_generated', `${target.folder} has no handlers that were generated.`, {
      hint: 'Name the folder with --out, or generate handlers with "x-account-activity generate handlers".',
    })
  }
  const options = changeOptions(manifest.options)
  const files = await planFormatted(tools, target, options)
  const changes = (await compare(tools, target, files, manifest)).map(mergeChange)
  await writeChanges(tools, target, { changes, files, options, manifest })
  return { changes, options, fromVersion: manifest.templateVersion }
}

/** Adds an event to the options. */
export function addEvent(name: string): ChangeOptions {
  return (options) => {
    if (options.events.includes(name)) {
      throw usageError(`The event "${name}" has a handler already.`, `Its file is in the folder "handlers".`)
    }
    return { ...options, events: [...options.events, name] }
  }
}

function mergeChange(file: ComparedFile): FileChange {
  const { disk, record, generated } = file
  if (isSame(disk, generated)) return changeOf(file, 'unchanged', disk)
  // A file that the user has deleted stays deleted.
  if (disk === undefined)
    return record === undefined ? changeOf(file, 'create', generated) : changeOf(file, 'skip', disk)
  const isAsGenerated = record?.hash === hashOf(disk)
  if (generated === undefined) {
    return isAsGenerated ? changeOf(file, 'delete', undefined) : changeOf(file, 'skip', disk)
  }
  if (isAsGenerated) return changeOf(file, 'update', generated)
  // Without a record, a file of the user has the name of a generated one.
  if (record === undefined) return changeOf(file, 'skip', disk)
  if (record.hash === hashOf(generated)) return changeOf(file, 'unchanged', disk)
  const { text, conflicts } = mergeTexts({ base: baseOf(record), yours: disk, generated })
  if (isSame(text, disk)) return changeOf(file, 'unchanged', disk)
  return changeOf(file, conflicts === 0 ? 'merge' : 'conflict', text)
}
