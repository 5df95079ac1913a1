import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { readDocument } from './run-block.ts'

const table = readDocument('README.md').split('## Entry points')[1]?.split('\n## ')[0] ?? ''
const rows = table.split('\n').filter((line) => /^\| `/.test(line))

/** The code spans of a cell. */
const codeIn = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

const entries = rows.map((row) => {
  const [, imports, names] = row.split('|')
  return { imports: codeIn(imports), names: codeIn(names) }
})

describe('the entry points in the README', () => {
  test('are those of the package', () => {
    const listed = entries.flatMap(({ imports }) => imports).map((path) => path.replace(/^(…|x-account-activity)/, '.'))
    const exported = Object.keys(manifest.exports).filter((subpath) => subpath !== './package.json')
    expect(listed.sort()).toEqual(exported.sort())
  })

  test.each(entries)('$imports have the names beside them', async ({ imports, names }) => {
    const modules = await Promise.all(
      imports.map((path) => import(/* @vite-ignore */ path.replace('…', 'x-account-activity'))),
    )
    const exported = new Set(modules.flatMap((module) => Object.keys(module)))
    expect(names.filter((name) => /^\w+$/.test(name) && !exported.has(name))).toEqual([])
  })
})
