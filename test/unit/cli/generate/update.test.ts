import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeFileSystem } from '../../../../src/cli/generate/disk/file-system.ts'
import { baseOf, recordOf } from '../../../../src/cli/generate/disk/manifest.ts'
import { type GenerateTools, generateHandlers, type Target } from '../../../../src/cli/generate/generate.ts'
import { addEvent, type ChangeOptions, updateHandlers } from '../../../../src/cli/generate/update.ts'
import { generate, options, project } from '../../../support/generated-code.ts'
import { readTree } from '../../../support/read-tree.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const tools: GenerateTools = {
  fs: nodeFileSystem,
  formatter: undefined,
  note: () => undefined,
  warn: () => undefined,
}

async function generated(): Promise<string> {
  const folder = join(tempFolder(), 'x')
  await generateHandlers(tools, targetOf(folder), options, async () => undefined)
  return folder
}

function targetOf(folder: string): Target {
  return { folder, project, isDryRun: false }
}

async function update(folder: string, change?: ChangeOptions): Promise<Record<string, string>> {
  const { changes } = await updateHandlers(tools, targetOf(folder), change)
  return Object.fromEntries(
    changes.filter(({ action }) => action !== 'unchanged').map(({ path, action }) => [path, action]),
  )
}

async function edit(folder: string, path: string, change: (text: string) => string): Promise<string> {
  const text = change(await readFile(join(folder, path), 'utf8'))
  await writeFile(join(folder, path), text)
  return text
}

/** Makes a folder look as if an older template had generated a file: its text was another one. */
async function olderTemplate(folder: string, path: string, change: (text: string) => string): Promise<string> {
  const older = await edit(folder, path, change)
  await edit(folder, '.x-account-activity.json', (text) => {
    const manifest = JSON.parse(text)
    manifest.files[path] = recordOf(older)
    return `${JSON.stringify(manifest, null, 2)}\n`
  })
  return older
}

test('adds the handler of an event, its case and its test', async () => {
  const folder = await generated()
  expect(await update(folder, addEvent('like'))).toEqual({
    'README.md': 'update',
    'handlers/like.ts': 'create',
    'dispatch.ts': 'update',
    'handlers.test.ts': 'update',
  })
  const tree = await readTree(folder)
  expect(tree['dispatch.ts']).toContain("case 'like':\n      return onLike(activity, context)")
  expect(await update(folder)).toEqual({})
})

test('an added event is merged into files that you have changed', async () => {
  const folder = await generated()
  const handler = await edit(folder, 'handlers/mention.ts', (text) => text.replace('console.log', 'console.info'))
  await edit(folder, 'dispatch.ts', (text) => text.replace('/** Calls', '/** Counted by the metrics. Calls'))
  expect(await update(folder, addEvent('like'))).toMatchObject({ 'dispatch.ts': 'merge' })
  const tree = await readTree(folder)
  expect(tree['handlers/mention.ts']).toBe(handler)
  const fresh = generate({ events: [...options.events, 'like'] }).get('dispatch.ts')
  expect(tree['dispatch.ts']).toBe(fresh?.replace('/** Calls', '/** Counted by the metrics. Calls'))
})

test('an event that has a handler is refused', async () => {
  const folder = await generated()
  await expect(update(folder, addEvent('mention'))).rejects.toMatchObject({
    name: 'CliError',
    exitCode: 2,
    message: 'The event "mention" has a handler already.',
  })
})

test('an unknown event is refused, and nothing is written', async () => {
  const folder = await generated()
  const tree = await readTree(folder)
  await expect(update(folder, addEvent('../../evil'))).rejects.toMatchObject({
    name: 'CliError',
    exitCode: 2,
    message: 'The event "../../evil" does not exist.',
  })
  expect(await readTree(folder)).toEqual(tree)
})

test('a newer template replaces a file that is as it was generated', async () => {
  const folder = await generated()
  const newer = await readFile(join(folder, 'receiver.ts'), 'utf8')
  await olderTemplate(folder, 'receiver.ts', (text) => text.replace('Creates the receiver.', 'Makes the receiver.'))
  expect(await update(folder)).toEqual({ 'receiver.ts': 'update' })
  expect(await readFile(join(folder, 'receiver.ts'), 'utf8')).toBe(newer)
})

test('a newer template is merged into a file that you have changed elsewhere', async () => {
  const folder = await generated()
  await olderTemplate(folder, 'receiver.ts', (text) => text.replace('Creates the receiver.', 'Makes the receiver.'))
  await edit(folder, 'receiver.ts', (text) =>
    text.replace('  return receiver', '  receiver.onError(report)\n  return receiver'),
  )
  expect(await update(folder)).toEqual({ 'receiver.ts': 'merge' })
  const text = await readFile(join(folder, 'receiver.ts'), 'utf8')
  expect(text).toContain('Creates the receiver.')
  expect(text).toContain('  receiver.onError(report)\n  return receiver')
})

test('a place that both have changed is marked, and the next update leaves it', async () => {
  const folder = await generated()
  await olderTemplate(folder, 'receiver.ts', (text) => text.replace('Creates the receiver.', 'Makes the receiver.'))
  await edit(folder, 'receiver.ts', (text) => text.replace('Makes the receiver.', 'Our receiver.'))
  expect(await update(folder)).toEqual({ 'receiver.ts': 'conflict' })
  const text = await readFile(join(folder, 'receiver.ts'), 'utf8')
  expect(text).toMatch(/<<<<<<< yours\n.*Our receiver\..*\n=======\n.*Creates the receiver\..*\n>>>>>>> generated\n/)
  expect(await update(folder)).toEqual({})
})

test('a file that you have deleted stays deleted', async () => {
  const folder = await generated()
  await nodeFileSystem.remove(join(folder, 'README.md'))
  expect(await update(folder)).toEqual({ 'README.md': 'skip' })
  expect(Object.keys(await readTree(folder))).not.toContain('README.md')
})

test('a file of yours with the name of a new one is left', async () => {
  const folder = await generated()
  await writeFile(join(folder, 'handlers/like.ts'), 'mine')
  expect(await update(folder, addEvent('like'))).toMatchObject({ 'handlers/like.ts': 'skip' })
  expect(await readFile(join(folder, 'handlers/like.ts'), 'utf8')).toBe('mine')
})

test('a folder that was not generated is refused', async () => {
  await expect(update(tempFolder())).rejects.toMatchObject({ name: 'CliError', code: 'not_generated' })
})

test('the record of a file holds its text', () => {
  const text = 'export const a = 1\n// grüße 🙂\n'
  const record = recordOf(text)
  expect(baseOf(record)).toBe(text)
  expect(recordOf(text, record)).toBe(record)
  // The SHA-256 of "abc", from FIPS 180-2.
  expect(recordOf('abc').hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
