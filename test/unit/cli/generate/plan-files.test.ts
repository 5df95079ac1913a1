import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { eventNames, readEventNames } from '../../../../src/cli/generate/event-names.ts'
import {
  apis,
  type Framework,
  frameworks,
  type GenerateOptions,
  languages,
  type Store,
  stores,
  testRunners,
} from '../../../../src/cli/generate/options.ts'
import { checkFormat, checkSyntax, compile, generate } from '../../../support/generated-code.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

/** All frameworks, APIs and languages, with one event or with several; stores and test runners in turn. */
function combinations(): Map<string, Partial<GenerateOptions>> {
  const all = new Map<string, Partial<GenerateOptions>>()
  let turn = 0
  for (const framework of frameworks) {
    for (const api of apis) {
      for (const language of languages) {
        const store = usable(stores[turn % stores.length] ?? 'memory', framework)
        const tests = testRunners[turn % testRunners.length] ?? 'node'
        const events = turn % 4 < 2 ? ['follow'] : ['message', 'mention', 'reply', 'follow']
        all.set(`${framework}-${api}-${language}`, { framework, api, language, events, store, tests })
        turn += 1
      }
    }
  }
  return all
}

function usable(store: Store, framework: Framework): Store {
  return framework === 'workers' ? 'memory' : store
}

/** The handler of every event, in every API and language. */
function allEvents(): Map<string, Partial<GenerateOptions>> {
  return new Map(
    apis.flatMap((api) =>
      languages.map((language) => [
        `all-${api}-${language}`,
        { api, language, events: eventNames(api).filter((name) => !isSecondName(name, api)) },
      ]),
    ),
  )
}

/** With one API, a kind of activity and its type of event are two names of one handler. */
function isSecondName(name: string, api: string): boolean {
  return (
    api !== 'both' && (api === 'activity' ? !name.includes('.') : /^(tweet_|favorite|user_revoke|direct_m)/.test(name))
  )
}

const files = new Map<string, string>()
let problems: readonly string[] = []

beforeAll(() => {
  for (const [name, options] of [...combinations(), ...allEvents()]) {
    for (const [path, text] of generate(options)) files.set(`${name}/${path}`, text)
  }
  const sources = [...files].filter(([path]) => path.endsWith('.ts'))
  problems = compile(new Map([...sources, ...missingCases(), ...parameterTypes()]))
}, 120_000)

/** The code without the case of one event. */
function missingCases(): Map<string, string> {
  const sources = new Map<string, string>()
  for (const api of apis) {
    for (const events of [['follow', 'message'], ['follow']]) {
      for (const [path, text] of generate({ api, events })) {
        if (!path.endsWith('.ts') || path.includes('.test.')) continue
        const code = path === 'dispatch.ts' ? text.replace(/ {4}case '[^']*':\n.*\n( {4}default)/, '$1') : text
        sources.set(`missing-${api}-${events.length}/${path}`, code.replace(/import .*message\.ts'\n/, ''))
      }
    }
  }
  return sources
}

/** For each handler, a line that does not compile when its parameter is `never` or `any`. */
function parameterTypes(): Map<string, string> {
  return new Map(
    apis.map((api) => {
      const events = eventNames(api).filter((name) => !isSecondName(name, api))
      const lines = readEventNames(events, api).flatMap(({ handler, file }) => [
        `import { ${handler} } from './all-${api}-typescript/handlers/${file}.ts'`,
        `export const ${handler}Is: 1 extends (0 & Parameters<typeof ${handler}>[0]) ? 'any' : [Parameters<typeof ${handler}>[0]] extends [never] ? 'never' : 'typed' = 'typed'`,
      ])
      return [`parameters-${api}.ts`, lines.join('\n')]
    }),
  )
}

describe('the generated code', () => {
  test('compiles in TypeScript under the strictest settings, and no handler has a parameter of type never', () => {
    expect(problems.filter((problem) => !problem.startsWith('missing-'))).toEqual([])
  })

  test('does not compile without the case of an event', () => {
    const missing = problems.filter((problem) => problem.startsWith('missing-'))
    for (const name of apis.flatMap((api) => [`missing-${api}-1`, `missing-${api}-2`])) {
      expect(missing).toContainEqual(expect.stringMatching(new RegExp(`^${name}/dispatch.ts:\\d+: Type .* 'never'`)))
    }
  })

  test('is formatted', async () => {
    const folder = await writeAll(files)
    await writeFile(join(folder, 'biome.json'), biomeConfig)
    await checkFormat(folder)
  })

  test('is valid JavaScript, also in a project of CommonJS', async () => {
    const code = new Map<string, string>()
    for (const isModule of [true, false]) {
      for (const [name, options] of [...combinations(), ...allEvents()]) {
        if (options.language !== 'javascript') continue
        for (const [path, text] of generate(options, { isModule })) {
          if (/\.m?js$/.test(path)) code.set(text, `${name}/${path}`)
        }
      }
    }
    const folder = await writeAll(new Map([...code].map(([text, path]) => [path, text])))
    await checkSyntax(folder, [...code.values()])
  })

  test('has a README that names the test command and the start command', () => {
    for (const [path, text] of files) {
      if (!path.endsWith('README.md')) continue
      expect(text.split('\n').length, path).toBeLessThan(34)
      expect(text).toMatch(/\n# Test\n.+\n# Start; PORT sets the port\n.+\n/)
    }
  })
})

const biomeConfig = `{
  "root": true,
  "formatter": { "indentStyle": "space", "indentWidth": 2, "lineWidth": 120 },
  "javascript": {
    "parser": { "unsafeParameterDecoratorsEnabled": true },
    "formatter": { "quoteStyle": "single", "semicolons": "asNeeded" }
  }
}
`

async function writeAll(texts: ReadonlyMap<string, string>): Promise<string> {
  const folder = tempFolder()
  for (const [path, text] of texts) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}
