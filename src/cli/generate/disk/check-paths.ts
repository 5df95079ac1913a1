import { join } from 'node:path'
import { CliError } from '../../cli-error.ts'
import type { FileSystem } from './file-system.ts'

/**
 * Checks that files lie in a folder: their paths do not lead out of it, and neither do symbolic links.
 *
 * @throws CliError when one does not, or when a folder is where a file has to be.
 */
export async function checkPaths(fs: FileSystem, folder: string, paths: Iterable<string>): Promise<void> {
  for (const path of paths) await checkPath(fs, folder, path)
}

async function checkPath(fs: FileSystem, folder: string, path: string): Promise<void> {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..') || /[\\:\0]/.test(path)) {
    throw new CliError('unsafe_path', `The path ${JSON.stringify(path)} is not inside the output folder.`, {
      hint: 'Nothing was written. Check the file .x-account-activity.json.',
    })
  }
  for (const [index] of parts.entries()) {
    const part = parts.slice(0, index + 1).join('/')
    const kind = await fs.kindOf(join(folder, part))
    if (kind === undefined) return
    if (kind === 'link') {
      throw new CliError('unsafe_path', `${part} in the output folder is a symbolic link.`, {
        hint: 'Nothing was written. Replace the link by a file or folder, or choose another folder with --out.',
      })
    }
    const wanted = index === parts.length - 1 ? 'file' : 'folder'
    if (kind !== wanted) {
      throw new CliError('path_taken', `${part} in the output folder is a ${kind}, not a ${wanted}.`, {
        hint: 'Nothing was written. Move it away, or choose another folder with --out.',
      })
    }
  }
}
