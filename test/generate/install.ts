import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm } from '../package/shell.ts'
import { quiet, type Tarball } from '../package/tarball.ts'

/** The folders with the packages that the projects need: each has a lock file. */
export type PackageGroup = 'servers' | 'next' | 'sveltekit' | 'workers' | 'runtimes'

/** Installs a group of packages and the tarball in `folder`; returns its `node_modules`. */
export async function installGroup(group: PackageGroup, tarball: Tarball, folder: string): Promise<string> {
  const target = join(folder, group)
  await cp(fileURLToPath(new URL(group, import.meta.url)), target, { recursive: true })
  await npm(['ci', ...quiet], target)
  await npm(['install', tarball.path, '--no-save', ...quiet], target)
  return join(target, 'node_modules')
}
