import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Phrases that make a reader stop, each with what to write instead. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b(?:is|are|was|were|be|been|being) told\b/i, 'is called with, gets, is reported'],
  [/\btells? (?:of|by|whether|why|how)\b/i, 'says, reports'],
  [/\bwho(?:ever)\b/i, 'name the person or the program'],
  [/\b(?:some|any)body\b/i, 'someone, or name the person or the program'],
  [/(?<!\bthere )\b(?:is|are) none\b|(?<!\bthere )\b(?:is|are) no (?!longer|more|less)[a-z]/i, 'is not a'],
  [/\bunless (?:set|given)\b/i, '@defaultValue'],
  [/\bstands? (?:in|there|beside|on|at|as)\b|\bstood\b/i, 'is in, means'],
  [/\bas of\b/i, 'from, since'],
  [/\bunder way\b/i, 'in progress, running'],
  [/\ball the same\b/i, 'anyway, or leave it out'],
  [/\bthere are such\b|\bthere is such\b/i, 'leave it out'],
]

function findPhrases(path: string): string[] {
  return readFileSync(`${root}${path}`, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      phrases
        .filter(([phrase]) => phrase.test(line))
        .map(([phrase, instead]) => `${path}:${index + 1}: ${phrase.exec(line)?.[0]} → ${instead}`),
    )
}

describe('the words', () => {
  it.each([
    ['README, guides and pages', ['*.md', 'docs/**/*.md']],
    ['source', ['src/**/*.ts']],
    ['examples, tests and benches', ['examples/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts']],
  ])('are plain English in %s', (_, patterns) => {
    const files = patterns.flatMap((pattern) =>
      globSync(pattern, { cwd: root, exclude: (name) => name === 'node_modules' }),
    )
    expect(files.length).toBeGreaterThan(2)
    expect(files.flatMap(findPhrases)).toEqual([])
  })
})
