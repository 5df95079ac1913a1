import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const documents = globSync(['*.md', 'docs/*.md', 'docs/{guides,decisions}/*.md'], { cwd: root }).sort()
const read = (file: string) => readFileSync(join(root, file), 'utf8')

interface Link {
  readonly from: string
  /** A file from the root of the repository. */
  readonly to: string
  readonly anchor: string | undefined
}

/** The links of a document to files of this repository; code is not looked at. */
function linksOf(from: string, text: string): Link[] {
  const prose = withoutCode(text)
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#')
      return { from, to: path === '' ? from : normalize(join(dirname(from), path)), anchor }
    })
}

/** The anchors that GitHub and npm make of the headings of a document. */
function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

function withoutCode(text: string): string {
  return text.replaceAll(/^( *)```.*?^ *```$/gms, '')
}

function problemsOf({ from, to, anchor }: Link): string[] {
  if (!existsSync(join(root, to))) return [`${from}: no file ${to}`]
  if (anchor === undefined || anchorsOf(read(to)).includes(anchor)) return []
  return [`${from}: no heading #${anchor} in ${to}`]
}

const links = documents.flatMap((file) => linksOf(file, read(file)))

describe('links', () => {
  test('lead to a file and a heading of this repository', () => {
    expect(links.length).toBeGreaterThan(80)
    expect(links.flatMap(problemsOf)).toEqual([])
  })

  test('of README and guides lead to what is packed with them', () => {
    const isPacked = (file: string) =>
      /^(README|CHANGELOG|docs\/architecture)\.md$|^docs\/(guides|images)\/|^LICENSE$/.test(file)
    const unpacked = links.filter(({ from, to }) => isPacked(from) && from !== 'CHANGELOG.md' && !isPacked(to))
    expect(unpacked).toEqual([])
  })

  test('lead from the README to every guide', () => {
    const guides = documents.filter((file) => file.startsWith('docs/guides/'))
    const linked = new Set(links.filter(({ from }) => from === 'README.md').map(({ to }) => to))
    expect(guides.filter((guide) => !linked.has(guide))).toEqual([])
  })

  test('are checked: a missing file, a missing heading', () => {
    const text =
      '# A\n[one](gone.md) [two](README.md#gone) [three](#a) [four](https://x.com)\n```md\n[five](gone.md)\n```'
    expect(linksOf('README.md', text).map(({ to, anchor }) => [to, anchor])).toEqual([
      ['gone.md', undefined],
      ['README.md', 'gone'],
      ['README.md', 'a'],
    ])
    expect(problemsOf({ from: 'a.md', to: 'gone.md', anchor: undefined })).toEqual(['a.md: no file gone.md'])
    expect(problemsOf({ from: 'a.md', to: 'README.md', anchor: 'gone' })).toEqual([
      'a.md: no heading #gone in README.md',
    ])
    expect(anchorsOf('# node:http, Express\n## `a` & b\n')).toEqual(['nodehttp-express', 'a--b'])
  })
})
