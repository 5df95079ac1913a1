import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { floors } from '../architecture/rules.ts'
import { parseSource } from '../architecture/source.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8')

/** The cells of the rows of the table that begins with a header. */
function tableUnder(header: string): string[][] {
  const lines = text.slice(text.indexOf(header)).split('\n').slice(2)
  const rows = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('|')),
  )
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

describe('docs/architecture.md', () => {
  test('names files and folders that exist, in prose and in diagrams', () => {
    const paths = [...text.matchAll(/\b(?:src|test|docs|bench|examples)\/[\w./-]*\w\/?/g)].map(([path]) => path)
    expect(new Set(paths).size).toBeGreaterThan(50)
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('has the floors that the architecture test enforces, for every room that exists', () => {
    const rooms = tableUnder('| floor | room |').map(([floor, room = '']) => [room.split('/')[1], Number(floor)])
    const existing = readdirSync(join(root, 'src')).map((room) => [room, floors.get(room)])
    expect(rooms.sort()).toEqual(existing.sort())
  })

  test('draws an arrow between two rooms only where one imports the other', () => {
    const imported = new Set(
      globSync('**/*.ts', { cwd: join(root, 'src') })
        .map((path) => parseSource(path, readFileSync(join(root, 'src', path), 'utf8')))
        .flatMap(({ path, imports }) => imports.map(({ to }) => `${path.split('/')[0]} → ${to.split('/')[0]}`)),
    )
    const [house = ''] = /^flowchart TD\n(.|\n)*?```/m.exec(text) ?? []
    const arrows = [...house.matchAll(/(\w+) --> ([\w &]+)/g)].flatMap(([, from, to = '']) =>
      to.split(' & ').map((one) => `${from} → ${one}`),
    )
    expect(arrows.length).toBeGreaterThan(15)
    expect(arrows.filter((arrow) => !imported.has(arrow))).toEqual([])
  })

  test('asks ten questions, and names the file and the function that answers each', () => {
    const questions = tableUnder('| question | file |')
    expect(questions).toHaveLength(10)
    for (const [question, file = '', name] of questions) {
      const source = readFileSync(join(root, file), 'utf8')
      const exported = new RegExp(`^export (async )?(function|const|class) ${name}\\b`, 'm')
      expect(source, question).toMatch(exported)
    }
  })
})
