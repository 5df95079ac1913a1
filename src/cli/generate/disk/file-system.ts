import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'

/** What an entry of a folder is. */
export type EntryKind = 'file' | 'folder' | 'link' | 'other'

/** The file system, as far as the generator uses it. */
export interface FileSystem {
  /** The text of a file. `undefined` when nothing is there. */
  readonly readText: (path: string) => Promise<string | undefined>
  /** What is at a path, without following links. `undefined` when nothing is there. */
  readonly kindOf: (path: string) => Promise<EntryKind | undefined>
  /** The names in a folder. */
  readonly list: (path: string) => Promise<readonly string[]>
  /** Writes a file, down to the disk. */
  readonly write: (path: string, text: string) => Promise<void>
  /** Creates a folder and its parents. */
  readonly createFolder: (path: string) => Promise<void>
  readonly rename: (from: string, to: string) => Promise<void>
  /** Removes a file, or a folder with its content. Does nothing when nothing is there. */
  readonly remove: (path: string) => Promise<void>
}

export const nodeFileSystem: FileSystem = {
  readText: (path) => orAbsent(readFile(path, 'utf8')),
  kindOf: async (path) => {
    const entry = await orAbsent(lstat(path))
    if (entry === undefined) return undefined
    if (entry.isSymbolicLink()) return 'link'
    if (entry.isDirectory()) return 'folder'
    return entry.isFile() ? 'file' : 'other'
  },
  list: (path) => readdir(path),
  write: (path, text) => writeFile(path, text, { flush: true }),
  createFolder: async (path) => void (await mkdir(path, { recursive: true })),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { recursive: true, force: true }),
}

/** `undefined` where nothing is at the path, or where a file is one of its parents. */
async function orAbsent<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
