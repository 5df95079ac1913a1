import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { nodeFileSystem } from '../../../../src/cli/generate/disk/file-system.ts'
import { findFormatter, formatFiles } from '../../../../src/cli/generate/format.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const { readText } = nodeFileSystem
const code = "export const a = { b: 'c' }\n"

/** A fake Prettier: it adds its options and the path to the text. */
async function installPrettier(root: string): Promise<void> {
  await mkdir(join(root, 'node_modules/prettier'), { recursive: true })
  await writeFile(join(root, 'node_modules/prettier/package.json'), '{ "name": "prettier", "main": "index.cjs" }')
  await writeFile(
    join(root, 'node_modules/prettier/index.cjs'),
    `exports.resolveConfig = async (path, { editorconfig }) => ({ semi: true, editorconfig })
     exports.format = async (text, { filepath, ...options }) => {
       if (text.includes('broken')) throw new SyntaxError('Unexpected token')
       return text + '// ' + filepath.split('/').at(-1) + ' ' + JSON.stringify(options) + '\\n'
     }`,
  )
}

async function installBiome(root: string): Promise<void> {
  const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
  await mkdir(join(root, 'node_modules'), { recursive: true })
  await symlink(join(modules, '@biomejs'), join(root, 'node_modules/@biomejs'))
}

test('a project without a formatter gets the text as it is', async () => {
  expect(await findFormatter(tempFolder(), readText)).toBeUndefined()
  const files = [{ path: 'a.ts', text: code }]
  expect(await formatFiles(undefined, '/x', files, expect.fail)).toBe(files)
})

test('Prettier of the project formats with its configuration, and a file that it refuses stays as it is', async () => {
  const root = tempFolder()
  await installPrettier(root)
  const formatter = await findFormatter(root, readText)
  expect(formatter?.name).toBe('prettier')
  const failed: string[] = []
  const files = [
    { path: 'a.ts', text: code },
    { path: 'b.ts', text: 'broken' },
    { path: '.env.example', text: 'A=' },
  ]
  expect(await formatFiles(formatter, root, files, (path) => failed.push(path))).toEqual([
    { path: 'a.ts', text: `${code}// a.ts {"semi":true,"editorconfig":true}\n` },
    { path: 'b.ts', text: 'broken' },
    { path: '.env.example', text: 'A=' },
  ])
  expect(failed).toEqual(['b.ts'])
})

test('Biome of the project formats with its configuration, before Prettier', async () => {
  const root = tempFolder()
  await installBiome(root)
  await installPrettier(root)
  expect((await findFormatter(root, readText))?.name).toBe('prettier')
  await writeFile(
    join(root, 'biome.json'),
    '{ "formatter": { "indentStyle": "space" }, "javascript": { "formatter": { "quoteStyle": "double", "semicolons": "always" } } }',
  )
  const formatter = await findFormatter(root, readText)
  expect(formatter?.name).toBe('biome')
  const files = [
    { path: 'src/a.ts', text: code },
    { path: 'README.md', text: '# Title\n' },
  ]
  expect(await formatFiles(formatter, root, files, expect.fail)).toEqual([
    { path: 'src/a.ts', text: 'export const a = { b: "c" };\n' },
    { path: 'README.md', text: '# Title\n' },
  ])
})
