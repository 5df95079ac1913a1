import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  commitChanges,
  type FileWrite,
  needsRecovery,
  recover,
} from '../../../../../src/cli/generate/disk/commit-changes.ts'
import { type FileSystem, nodeFileSystem } from '../../../../../src/cli/generate/disk/file-system.ts'
import { readTree } from '../../../../support/read-tree.ts'
import { tempFolder } from '../../../../support/temp-folder.ts'

/** A file system on which the process is killed at the nth change: that change and all later ones fail. */
function killedAt(step: number): { fs: FileSystem; isKilled: () => boolean } {
  let left = step
  const change =
    <Args extends unknown[]>(run: (...args: Args) => Promise<void>) =>
    async (...args: Args): Promise<void> => {
      left -= 1
      if (left < 0) throw new Error('killed')
      await run(...args)
    }
  return {
    fs: {
      ...nodeFileSystem,
      write: change(nodeFileSystem.write),
      createFolder: change(nodeFileSystem.createFolder),
      rename: change(nodeFileSystem.rename),
      remove: change(nodeFileSystem.remove),
    },
    isKilled: () => left < 0,
  }
}

const writes: readonly FileWrite[] = [
  { path: 'a.ts', before: 'old a', after: 'new a' },
  { path: 'gone.ts', before: 'old gone', after: undefined },
  { path: 'handlers/b.ts', before: undefined, after: 'new b' },
  { path: '.manifest.json', before: '{}', after: '{"new":true}' },
]
const before = { 'a.ts': 'old a', 'gone.ts': 'old gone', '.manifest.json': '{}', 'mine.txt': 'mine' }
const after = { 'a.ts': 'new a', 'handlers/b.ts': 'new b', '.manifest.json': '{"new":true}', 'mine.txt': 'mine' }

async function existingFolder(): Promise<string> {
  const folder = tempFolder()
  for (const [path, text] of Object.entries(before)) await writeFile(join(folder, path), text)
  return folder
}

describe('in a folder that exists', () => {
  test('makes all changes', async () => {
    const folder = await existingFolder()
    await commitChanges(nodeFileSystem, folder, writes)
    expect(await readTree(folder)).toEqual(after)
    expect(await needsRecovery(nodeFileSystem, folder)).toBe(false)
  })

  test('killed at any step, the next run finishes all changes or undoes them', async () => {
    const outcomes = new Set<string | undefined>()
    for (let step = 0; ; step += 1) {
      const folder = await existingFolder()
      const { fs, isKilled } = killedAt(step)
      await commitChanges(fs, folder, writes).catch(() => undefined)
      const outcome = await recover(nodeFileSystem, folder)
      outcomes.add(outcome)
      const tree = await readTree(folder)
      const isDone = outcome === 'finished' || !isKilled() || tree['a.ts'] === 'new a'
      expect(tree, `step ${step}`).toEqual(isDone ? after : before)
      if (!isKilled()) break
    }
    expect(outcomes).toEqual(new Set([undefined, 'undone', 'finished']))
  })

  test('killed while it recovers, the run after that finishes', async () => {
    for (let step = 0; ; step += 1) {
      const folder = await existingFolder()
      // The journal is written, and the first file is renamed.
      await commitChanges(killedAt(7).fs, folder, writes).catch(() => undefined)
      const { fs, isKilled } = killedAt(step)
      await recover(fs, folder).catch(() => undefined)
      await recover(nodeFileSystem, folder)
      expect(await readTree(folder), `step ${step}`).toEqual(after)
      if (!isKilled()) break
    }
  })

  test('leaves a file that was edited after the interruption', async () => {
    const folder = await existingFolder()
    await commitChanges(killedAt(7).fs, folder, writes).catch(() => undefined)
    await writeFile(join(folder, '.manifest.json'), 'edited')
    expect(await recover(nodeFileSystem, folder)).toBe('finished')
    expect(await readTree(folder)).toEqual({ ...after, '.manifest.json': 'edited' })
  })

  test('refuses a journal whose paths lead out of the folder', async () => {
    const folder = join(tempFolder(), 'out')
    const staging = join(folder, '.x-account-activity-staging')
    await mkdir(staging, { recursive: true })
    await writeFile(join(folder, '../victim'), 'victim')
    await writeFile(
      join(staging, 'journal.json'),
      // The hash is the SHA-256 of "victim", by sha256sum.
      JSON.stringify([
        {
          path: '../victim',
          before: '1bdd5b5b92e2d9f30a3b223bb359551d0da20e3702923e5f7b0a73889eba3d21',
          after: null,
        },
      ]),
    )
    await expect(recover(nodeFileSystem, folder)).rejects.toMatchObject({ name: 'CliError', code: 'unsafe_path' })
    expect(await readFile(join(folder, '../victim'), 'utf8')).toBe('victim')
  })
})

describe('in a folder that does not exist', () => {
  const created = writes.flatMap(({ path, after }) => (after === undefined ? [] : [{ path, before: undefined, after }]))

  test('killed at any step, the folder is whole or does not exist', async () => {
    let kills = 0
    for (let step = 0; ; step += 1) {
      const parent = tempFolder()
      const folder = join(parent, 'src/x')
      const { fs, isKilled } = killedAt(step)
      await commitChanges(fs, folder, created).catch(() => undefined)
      const isThere = (await nodeFileSystem.kindOf(join(parent, 'src'))) !== undefined
      expect(isThere, `step ${step}`).toBe(!isKilled())
      if (!isKilled()) {
        const { 'mine.txt': _, ...files } = after
        expect(await readTree(folder)).toEqual(files)
        expect(await nodeFileSystem.list(parent)).toEqual(['src'])
        break
      }
      kills += 1
      await commitChanges(nodeFileSystem, folder, created)
      expect(await nodeFileSystem.list(parent)).toEqual(['src'])
    }
    expect(kills).toBeGreaterThan(5)
  })
})

test('does not follow a staging folder that is a symbolic link', async () => {
  const parent = tempFolder()
  const folder = join(parent, 'out')
  await mkdir(folder)
  await mkdir(join(parent, 'elsewhere'))
  await writeFile(join(parent, 'elsewhere/file'), 'kept')
  await symlink(join(parent, 'elsewhere'), join(folder, '.x-account-activity-staging'))
  expect(await recover(nodeFileSystem, folder)).toBe('undone')
  expect(await readTree(join(parent, 'elsewhere'))).toEqual({ file: 'kept' })
})
