import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { exampleBlocks, inlineCode, markdownBlocks } from './code-blocks.ts'
import { inlineModule } from './inline-module.ts'
import { typeCheck } from './type-check.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')

const documents = globSync(['*.md', 'docs/*.md', 'docs/{guides,decisions}/*.md', '{bench,examples,test}/**/*.md'], {
  cwd: root,
  exclude: ['**/node_modules/**'],
}).sort()
const inDocuments = documents.flatMap((file) => markdownBlocks(file, read(file)))
const inProse = documents.flatMap((file) => inlineCode(file, read(file)))
const inDocstrings = globSync('src/**/*.ts', { cwd: root }).flatMap((file) => exampleBlocks(file, read(file)))

/** The compiler has the whole of src to read. */
const timeout = 60_000

describe('the code that readers copy', () => {
  test('is found', () => {
    expect(documents).toEqual(expect.arrayContaining(['CONTRIBUTING.md', 'README.md', 'docs/guides/quickstart.md']))
    expect(inDocuments.length).toBeGreaterThan(40)
    expect(inProse.length).toBeGreaterThan(20)
    expect(inDocstrings.length).toBeGreaterThan(10)
  })

  test('compiles, in documents and docstrings', { timeout }, () => {
    expect(typeCheck([...inDocuments, ...inProse.map(inlineModule), ...inDocstrings])).toEqual([])
  })
})

describe('the check itself', () => {
  test('reports a block that does not compile, at its line in the document', { timeout }, () => {
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

  test('finds examples with and without a fence, and their lines', () => {
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

  test('finds the code in prose that a reader may copy, and no names, requests or sentences', () => {
    const text = [
      'Call `createReceiver({ now })`, or `receiver.close()`, or `() => 1`. `GET /2/webhooks` answers `200`; `client.on`',
      'is a name. `await',
      'x.advance({ hours: 1 })` is one call.',
      '```ts',
      'const `fenced` = call(1)',
      '```',
      '`{ from, to }`',
    ].join('\n')
    expect(inlineCode('a.md', text)).toEqual([
      { file: 'a.md', line: 1, code: 'createReceiver({ now })' },
      { file: 'a.md', line: 1, code: '() => 1' },
      { file: 'a.md', line: 2, code: 'await x.advance({ hours: 1 })' },
      { file: 'a.md', line: 7, code: '{ from, to }' },
    ])
  })

  test('reports code in prose that does not compile', { timeout }, () => {
    const wrong = inlineCode('a.md', 'Text.\n`receiver.nonsense(1)`')
    expect(typeCheck(wrong.map(inlineModule))).toEqual([
      "a.md:2: Property 'nonsense' does not exist on type 'Receiver'.",
    ])
  })

  test('takes the indent of a block in a list from its code', () => {
    expect(markdownBlocks('a.md', '- Point:\n\n  ```ts\n  if (a) {\n    b()\n  }\n  ```\n')).toEqual([
      { file: 'a.md', line: 4, code: 'if (a) {\n  b()\n}' },
    ])
  })
})
