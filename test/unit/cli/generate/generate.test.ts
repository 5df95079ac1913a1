import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { nodeFileSystem } from '../../../../src/cli/generate/disk/file-system.ts'
import type { FileAction } from '../../../../src/cli/generate/file-change.ts'
import {
  type DecideChange,
  type GenerateTools,
  generateHandlers,
  type Target,
} from '../../../../src/cli/generate/generate.ts'
import type { GenerateOptions } from '../../../../src/cli/generate/options.ts'
import { options, project } from '../../../support/generated-code.ts'
import { readTree } from '../../../support/read-tree.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

let parent = ''
let folder = ''
let notes: string[] = []
const tools: GenerateTools = {
  fs: nodeFileSystem,
  formatter: undefined,
  note: (text) => notes.push(text),
  warn: (text) => notes.push(text),
}

beforeEach(() => {
  notes = []
})

function newFolder(): void {
  parent = tempFolder()
  folder = join(parent, 'src/x')
}

/** Runs the generator; returns what happened to each file. */
async function run(
  changes: Partial<GenerateOptions> = {},
  { decide = async () => undefined, isDryRun = false }: { decide?: DecideChange; isDryRun?: boolean } = {},
): Promise<Record<string, FileAction>> {
  const target: Target = { folder, project, isDryRun }
  const result = await generateHandlers(tools, target, { ...options, ...changes }, decide)
  return Object.fromEntries(result.changes.map(({ path, action }) => [path, action]))
}

describe('a new folder', () => {
  test('gets a file for each event, the wiring, a test and a README', async () => {
    newFolder()
    await run()
    expect(Object.keys(await readTree(folder)).sort()).toEqual([
      '.env.example',
      '.x-account-activity.json',
      'README.md',
      'dispatch.ts',
      'handlers.test.ts',
      'handlers/follow.ts',
      'handlers/mention.ts',
      'handlers/message.ts',
      'receiver.ts',
      'server.ts',
    ])
  })

  test('with --dry-run, nothing is written', async () => {
    newFolder()
    expect(new Set(Object.values(await run({}, { isDryRun: true })))).toEqual(new Set(['create']))
    expect(await nodeFileSystem.list(parent)).toEqual([])
  })
})

describe('a second run', () => {
  test('changes no byte and touches no file', async () => {
    newFolder()
    await run()
    const tree = await readTree(folder)
    const { mtimeMs } = await stat(join(folder, '.x-account-activity.json'))
    expect(new Set(Object.values(await run()))).toEqual(new Set(['unchanged']))
    expect(await readTree(folder)).toEqual(tree)
    expect((await stat(join(folder, '.x-account-activity.json'))).mtimeMs).toBe(mtimeMs)
  })

  test('with other options, replaces what is as it was generated, and deletes what is not generated any more', async () => {
    newFolder()
    await run()
    const actions = await run({ events: ['mention', 'like'], tests: 'node' })
    expect(actions).toMatchObject({
      'handlers/mention.ts': 'unchanged',
      'handlers/like.ts': 'create',
      'handlers/follow.ts': 'delete',
      'handlers/message.ts': 'delete',
      'dispatch.ts': 'update',
      'handlers.test.ts': 'update',
    })
    expect(Object.keys(await readTree(folder))).not.toContain('handlers/follow.ts')
  })

  test('keeps a file that you have changed and that is not generated any more', async () => {
    newFolder()
    await run()
    await writeFile(join(folder, 'handlers/follow.ts'), 'mine')
    expect(await run({ events: ['mention', 'message'] })).toMatchObject({ 'handlers/follow.ts': 'skip' })
    expect(await readFile(join(folder, 'handlers/follow.ts'), 'utf8')).toBe('mine')
  })

  test('takes other line endings for no change', async () => {
    newFolder()
    await run()
    const path = join(folder, 'receiver.ts')
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'))
    expect(await run()).toMatchObject({ 'receiver.ts': 'unchanged' })
  })

  test('creates a file again that was deleted', async () => {
    newFolder()
    await run()
    await nodeFileSystem.remove(join(folder, 'README.md'))
    expect(await run()).toMatchObject({ 'README.md': 'create' })
  })
})

describe('a file that is not as it was generated', () => {
  async function changed(): Promise<Record<string, string>> {
    newFolder()
    await run()
    await writeFile(join(folder, 'handlers/mention.ts'), 'mine')
    await writeFile(join(folder, 'receiver.ts'), 'mine too')
    return readTree(folder)
  }

  test('stops the run without a decision, and nothing is written', async () => {
    const tree = await changed()
    const shown: string[] = []
    const running = run(
      { events: ['mention', 'like'] },
      {
        decide: async ({ path }) => {
          shown.push(path)
          return undefined
        },
      },
    )
    await expect(running).rejects.toMatchObject({
      name: 'CliError',
      code: 'file_changed',
      exitCode: 2,
      message: 'Nothing was written, because you have changed handlers/mention.ts, receiver.ts.',
      hint: 'Pass --skip-existing to keep these files, or --overwrite to replace them.',
    })
    expect(shown).toEqual(['handlers/mention.ts', 'receiver.ts'])
    expect(await readTree(folder)).toEqual(tree)
  })

  test('is kept when the decision is to skip it, and asked about again in the next run', async () => {
    await changed()
    expect(await run({}, { decide: async () => 'skip' })).toMatchObject({ 'handlers/mention.ts': 'skip' })
    expect(await readFile(join(folder, 'handlers/mention.ts'), 'utf8')).toBe('mine')
    await expect(run()).rejects.toMatchObject({ code: 'file_changed' })
  })

  test('is replaced when the decision is to overwrite it', async () => {
    await changed()
    expect(await run({}, { decide: async () => 'overwrite' })).toMatchObject({
      'handlers/mention.ts': 'overwrite',
      'dispatch.ts': 'unchanged',
    })
    expect(new Set(Object.values(await run()))).toEqual(new Set(['unchanged']))
  })

  test('is one that existed before the first run, too', async () => {
    newFolder()
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'README.md'), '# Mine')
    await expect(run()).rejects.toMatchObject({ code: 'file_changed' })
    expect(await readTree(folder)).toEqual({ 'README.md': '# Mine' })
  })
})

describe('paths', () => {
  test.each(['handlers', 'handlers/mention.ts', '.x-account-activity.json'])(
    'a symbolic link at %s is refused, and nothing is written',
    async (path) => {
      newFolder()
      await mkdir(join(folder, 'handlers'), { recursive: true })
      await mkdir(join(parent, 'elsewhere'))
      await writeFile(join(parent, 'elsewhere/file'), 'kept')
      await nodeFileSystem.remove(join(folder, path))
      await symlink(join(parent, 'elsewhere'), join(folder, path))
      await expect(run({}, { decide: async () => 'overwrite' })).rejects.toMatchObject({
        name: 'CliError',
        code: 'unsafe_path',
        message: `${path} in the output folder is a symbolic link.`,
      })
      expect(await readTree(join(parent, 'elsewhere'))).toEqual({ file: 'kept' })
    },
  )

  test('a manifest with a path that leads out of the folder is refused', async () => {
    newFolder()
    await run()
    await writeFile(join(folder, '../victim.ts'), 'victim')
    const path = join(folder, '.x-account-activity.json')
    const manifest = await readFile(path, 'utf8')
    await writeFile(path, manifest.replace('"receiver.ts"', '"../victim.ts"'))
    await expect(run()).rejects.toMatchObject({
      name: 'CliError',
      code: 'unsafe_path',
      message: 'The path "../victim.ts" is not inside the output folder.',
    })
    expect(await readFile(join(folder, '../victim.ts'), 'utf8')).toBe('victim')
  })

  test.each(['not JSON', '[]', '{}', '{"templateVersion":1,"options":{},"files":{}}'])(
    'a manifest that is %s is refused',
    async (text) => {
      newFolder()
      await run()
      await writeFile(join(folder, '.x-account-activity.json'), text)
      await expect(run()).rejects.toMatchObject({ name: 'CliError', code: 'manifest_invalid' })
    },
  )

  test('a folder where a file has to be is refused', async () => {
    newFolder()
    await mkdir(join(folder, 'receiver.ts'), { recursive: true })
    await expect(run()).rejects.toMatchObject({
      name: 'CliError',
      code: 'path_taken',
      message: 'receiver.ts in the output folder is a folder, not a file.',
    })
  })
})

test('what an interrupted run has left is reported by --dry-run, and finished by the next run', async () => {
  newFolder()
  await run()
  await mkdir(join(folder, '.x-account-activity-staging'))
  const tree = await nodeFileSystem.list(folder)
  await run({}, { isDryRun: true })
  expect(notes).toEqual(['An earlier run was interrupted. The next run without --dry-run finishes or undoes it first.'])
  expect(await nodeFileSystem.list(folder)).toEqual(tree)
  await run()
  expect(await nodeFileSystem.list(folder)).not.toContain('.x-account-activity-staging')
})

test('an option that the framework cannot have is refused before anything is written', async () => {
  newFolder()
  await expect(run({ framework: 'workers', store: 'redis' })).rejects.toMatchObject({
    name: 'CliError',
    exitCode: 2,
    message: 'Cloudflare Workers cannot use --store redis.',
  })
  expect(await nodeFileSystem.list(parent)).toEqual([])
})
