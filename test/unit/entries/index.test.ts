import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** The subpaths whose names the root repeats: all that run in every runtime and need no other package. */
const subpaths = ['auth', 'errors', 'events', 'receiver', 'recovery', 'replay', 'stream', 'sync', 'webhook']

interface Exported {
  readonly name: string
  readonly isType: boolean
  readonly from: string
}

function statementsOf(entry: string): readonly ts.Statement[] {
  const text = readFileSync(new URL(`../../../src/entries/${entry}.ts`, import.meta.url), 'utf8')
  return ts.createSourceFile(`${entry}.ts`, text, ts.ScriptTarget.Latest, true).statements
}

function exportsOf(entry: string): Exported[] {
  return statementsOf(entry).flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) {
      return []
    }
    const from = (statement.moduleSpecifier as ts.StringLiteral).text
    return statement.exportClause.elements.map(({ name, isTypeOnly }) => ({
      name: name.text,
      isType: statement.isTypeOnly || isTypeOnly,
      from,
    }))
  })
}

const root = exportsOf('index')
const isWireType = ({ name }: Exported) => name.startsWith('Wire')

describe('the root entry', () => {
  test('names every export, one by one', () => {
    const unnamed = statementsOf('index').filter(
      (statement) => !ts.isExportDeclaration(statement) || statement.exportClause === undefined,
    )
    expect(unnamed.map((statement) => statement.getText())).toEqual([])
  })

  test('exports no name twice', () => {
    const names = root.map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('leaves the wire types to /events', () => {
    expect(exportsOf('events').filter(isWireType).length).toBeGreaterThan(10)
    expect(root.filter(isWireType)).toEqual([])
  })

  test.each(subpaths)('exports what /%s exports', (subpath) => {
    const exported = exportsOf(subpath)
    expect(exported.length).toBeGreaterThan(0)
    const isInRoot = ({ name, isType, from }: Exported) =>
      root.some((one) => one.name === name && one.isType === isType && one.from === from)
    expect(exported.filter((one) => !isWireType(one) && !isInRoot(one))).toEqual([])
  })
})
