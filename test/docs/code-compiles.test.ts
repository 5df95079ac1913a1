import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { exampleBlocks, markdownBlocks } from './code-blocks.ts'
import { typeCheck } from './type-check.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')

const documents = ['README.md', ...globSync('docs/guides/*.md', { cwd: root })].sort()
const inDocuments = documents.flatMap((file) => markdownBlocks(file, read(file)))
const inDocstrings = globSync('src/**/*.ts', { cwd: root }).flatMap((file) => exampleBlocks(file, read(file)))

/** The compiler has the whole of src to read. */
const patience = 60_000

describe('the code that readers copy', () => {
  test('is found', () => {
    expect(new Set(inDocuments.map(({ file }) => file))).toEqual(new Set(documents))
    expect(inDocstrings.length).toBeGreaterThan(10)
  })

  test('compiles, in README, guides and docstrings', { timeout: patience }, () => {
    expect(typeCheck([...inDocuments, ...inDocstrings])).toEqual([])
  })
})

describe('the check itself', () => {
  test('reports a block that does not compile, at its line in the document', { timeout: patience }, () => {
    const text = [
      'Text.',
      '```ts',
      "import { ReplayWindowError } from 'x-account-activity/errors'",
      'const failure = new ReplayWindowError([])',
      'failure.nonsense',
      '```',
      '```js',
      'this is left alone',
      '```',
      '```ts',
      "import { gone } from 'x-account-activity/errors'",
      'const alone = failure',
      '```',
    ].join('\n')
    expect(typeCheck(markdownBlocks('docs/guides/made-up.md', text))).toEqual([
      "docs/guides/made-up.md:5: Property 'nonsense' does not exist on type 'ReplayWindowError'.",
      `docs/guides/made-up.md:11: Module '"x-account-activity/errors"' has no exported member 'gone'.`,
      "docs/guides/made-up.md:12: Cannot find name 'failure'.",
    ])
  })

  test('finds examples with and without a fence, and where they stand', () => {
    const text = [
      '/** Nothing. */',
      '/**',
      ' * Adds.',
      ' *',
      ' * @example',
      ' * add(1, 2) // sends it to @bob',
      ' *   // 3',
      ' * @throws TypeError when it cannot.',
      ' */',
      'export function add() {}',
      '  /**',
      '   * @example',
      '   * ```ts',
      '   * add(3, 4)',
      '   * ```',
      '   * ```sh',
      '   * npm test',
      '   * ```',
      '   */',
    ].join('\n')
    expect(exampleBlocks('src/add.ts', text)).toEqual([
      { file: 'src/add.ts', line: 6, code: 'add(1, 2) // sends it to @bob\n  // 3' },
      { file: 'src/add.ts', line: 14, code: 'add(3, 4)' },
    ])
  })

  test('takes the indent of a block in a list from its code', () => {
    expect(markdownBlocks('a.md', '- Point:\n\n  ```ts\n  if (a) {\n    b()\n  }\n  ```\n')).toEqual([
      { file: 'a.md', line: 4, code: 'if (a) {\n  b()\n}' },
    ])
  })
})
