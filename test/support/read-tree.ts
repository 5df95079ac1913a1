import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** The texts of all files in a folder, by path. */
export async function readTree(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(
    files.sort().map(async (file) => [relative(folder, file).split(sep).join('/'), await readFile(file, 'utf8')]),
  )
  return Object.fromEntries(texts)
}
