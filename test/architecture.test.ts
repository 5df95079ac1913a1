import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import * as house from './architecture/rules.ts'
import { parseSource } from './architecture/source.ts'

const src = fileURLToPath(new URL('../src/', import.meta.url))
const sources = globSync('**/*.ts', { cwd: src }).map((path) =>
  parseSource(path, readFileSync(`${src}${path}`, 'utf8')),
)
const paths = sources.map(({ path }) => path)
const unitTests = globSync('**/*.test.ts', { cwd: fileURLToPath(new URL('unit/', import.meta.url)) })
const subpaths = Object.keys(manifest.exports)

/** Files made up for one test: path to text. */
function madeUp(files: Record<string, string>) {
  return Object.entries(files).map(([path, text]) => parseSource(path, text))
}

describe('the house', () => {
  test('is not empty', () => {
    expect(sources.length).toBeGreaterThan(20)
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(20)
  })

  test('has a floor for every room', () => expect(house.everyRoomHasAFloor(sources)).toEqual([]))
  test('imports only files that are in src', () => expect(house.importsStayInside(sources)).toEqual([]))
  test('imports downward only', () => expect(house.importsGoDown(sources)).toEqual([]))
  test('lets only cli/ enter by its own doors', () => expect(house.onlyTheCliEntersByADoor(sources)).toEqual([]))
  test('keeps the emulator from the client, and the receiver from HTTP', () =>
    expect(house.confinedRoomsKeepToThemselves(sources)).toEqual([]))
  test('has one wall for each dependency', () => expect(house.oneWallPerDependency(sources)).toEqual([]))
  test('imports node:* only in files named for it', () => expect(house.nodeModulesOnlyInNodeFiles(sources)).toEqual([]))
  test('reaches what has two bodies only by its name', () => expect(house.twoBodiedOnlyByName(sources)).toEqual([]))
  test('needs no node:* behind the front door', () => expect(house.frontDoorNeedsNoNode(sources)).toEqual([]))
  test('has no circles', () => expect(house.noCircles(sources)).toEqual([]))
  test('has no default exports', () => expect(house.noDefaultExports(sources)).toEqual([]))
  test('touches process only in cli/main.ts', () => expect(house.processOnlyInTheMainFile(sources)).toEqual([]))
  test('has no effects in pure folders', () => expect(house.pureFoldersHaveNoEffects(sources)).toEqual([]))
  test('has no utils, helpers or barrels', () => expect(house.filesSayWhatTheyDo(sources)).toEqual([]))
  test('has doors that only re-export', () => expect(house.doorsOnlyReexport(sources)).toEqual([]))
  test('has no folder that is too full', () => expect(house.foldersAreSmall(paths)).toEqual([]))
  test('is mirrored by its unit tests', () => expect(house.unitTestsMirrorSource(paths, unitTests)).toEqual([]))
  test('has a door for each subpath of package.json, and no other', () =>
    expect(house.doorsMatchExports(sources, subpaths)).toEqual([]))
})

describe('each rule can be broken', () => {
  test('a room without a floor', () => {
    expect(house.everyRoomHasAFloor(madeUp({ 'attic/box.ts': '', 'http/send.ts': '' }))).toEqual([
      'attic/box.ts is in no room of the house',
    ])
  })

  test('an import of a file that is not there, or not in src', () => {
    const files = {
      'http/send.ts': "import '../errors/gone.ts'\nimport '../../test/x.ts'\nimport './retry'",
      'http/retry.ts': '',
    }
    expect(house.importsStayInside(madeUp(files))).toEqual([
      'http/send.ts:1 imports errors/gone.ts: no such file in src',
      'http/send.ts:2 imports ../test/x.ts: no such file in src',
      'http/send.ts:3 imports http/retry: no such file in src',
    ])
  })

  test('an import upward or across', () => {
    const files = {
      'webhook/a.ts': "import '../client/b.ts'",
      'client/b.ts': "import '../webhook/a.ts'\nimport './c.ts'",
      'events/d.ts': "import type { A } from '../webhook/a.ts'",
      'replay/e.ts': "type A = import('../auth/f.ts').A",
      'stores/k.ts': "import '../internal/l.ts'",
      'internal/l.ts': "import '../errors/m.ts'",
      'auth/g.ts': "export * from '../http/h.ts'\nawait import('../http/i.ts')\n// import '../http/j.ts'",
    }
    expect(house.importsGoDown(madeUp(files))).toEqual([
      'webhook/a.ts:1 imports client/b.ts: from floor 2 to floor 5',
      'events/d.ts:1 imports webhook/a.ts: from floor 2 to floor 2',
      'replay/e.ts:1 imports auth/f.ts: from floor 2 to floor 2',
      'internal/l.ts:1 imports errors/m.ts: from floor 0 to floor 1',
      'auth/g.ts:1 imports http/h.ts: from floor 2 to floor 3',
      'auth/g.ts:2 imports http/i.ts: from floor 2 to floor 3',
    ])
  })

  test('a door used from inside', () => {
    const files = {
      'emulator/a.ts': "import '../entries/webhook.ts'",
      'emulator/b.ts': "import 'x-account-activity/webhook'",
      'cli/main.ts': "import '../entries/index.ts'",
    }
    expect(house.onlyTheCliEntersByADoor(madeUp(files))).toEqual([
      'emulator/a.ts:1 imports entries/webhook.ts: the doors are for users',
      'emulator/b.ts:1 imports x-account-activity/webhook: the doors are for users',
    ])
  })

  test('an emulator that knows the client, a receiver that knows HTTP', () => {
    const files = {
      'emulator/a.ts': "import '../client/b.ts'\nimport '../auth/c.ts'\nimport '../webhook/d.ts'\nimport './e.ts'",
      'receiver/f.ts': "import '../auth/c.ts'\nimport '../webhook/d.ts'",
    }
    expect(house.confinedRoomsKeepToThemselves(madeUp(files))).toEqual([
      'emulator/a.ts:1 imports client/b.ts: emulator/ may not know client/',
      'emulator/a.ts:2 imports auth/c.ts: emulator/ may not know auth/',
      'receiver/f.ts:1 imports auth/c.ts: receiver/ may not know auth/',
    ])
  })

  test('a dependency behind a second wall, or one that nobody declared', () => {
    const files = {
      'http/send.ts': "import ky from 'ky'",
      'client/a.ts':
        "import ky from 'ky'\nimport { z } from 'zod/mini'\nimport '@noble/hashes/hmac.js'\nimport 'axios'",
      'auth/oauth2.ts': "import 'oauth-1.0a'",
      'webhook/b.ts': "import 'node:crypto'\nimport '#hmac'",
    }
    expect(house.oneWallPerDependency(madeUp(files))).toEqual([
      'client/a.ts:1 imports ky: http/ may',
      'client/a.ts:2 imports zod/mini: events/ and endpoints/ may',
      'client/a.ts:3 imports @noble/hashes/hmac.js: internal/hmac.noble.ts may',
      'client/a.ts:4 imports axios: nobody may',
      'auth/oauth2.ts:1 imports oauth-1.0a: auth/oauth1.ts may',
      'webhook/b.ts:1 imports node:crypto: internal/hmac.node.ts and cli/ may',
    ])
  })

  test('a node:* import in a file that is not named for it', () => {
    const files = { 'receiver/adapters/node.ts': "import 'node:http'", 'receiver/handle.ts': "import 'node:http'" }
    expect(house.nodeModulesOnlyInNodeFiles(madeUp(files))).toEqual([
      'receiver/handle.ts:1 imports node:http: only files named node.ts, *.node.ts or *-node.ts may',
    ])
  })

  test('one of two bodies imported by its path', () => {
    const files = {
      'webhook/a.ts': "import '../internal/hmac.node.ts'\nimport '#hmac'",
      'internal/b.ts': "import './diagnostics.none.ts'\nimport '#diagnostics'",
    }
    expect(house.twoBodiedOnlyByName(madeUp(files))).toEqual([
      "webhook/a.ts:1 imports internal/hmac.node.ts: import '#hmac', and the runtime picks the body",
      "internal/b.ts:1 imports internal/diagnostics.none.ts: import '#diagnostics', and the runtime picks the body",
    ])
  })

  test('a node:* import behind the front door, three files down', () => {
    const files = {
      'entries/index.ts': "export { a } from '../client/a.ts'",
      'client/a.ts': "import { b } from '../http/b.ts'",
      'http/b.ts': "import type { C } from '../internal/c.node.ts'",
      'internal/c.node.ts': "import 'node:fs'",
      'internal/d.node.ts': "import 'node:fs'",
    }
    expect(house.frontDoorNeedsNoNode(madeUp(files))).toEqual([
      'internal/c.node.ts:1 imports node:fs, and is reached from entries/index.ts',
    ])
  })

  test('a circle of three files', () => {
    const files = {
      'http/a.ts': "import './b.ts'",
      'http/b.ts': "import './c.ts'",
      'http/c.ts': "import './a.ts'",
      'http/d.ts': "import './a.ts'",
    }
    expect(house.noCircles(madeUp(files))).toEqual([
      'http/a.ts imports itself in a circle',
      'http/b.ts imports itself in a circle',
      'http/c.ts imports itself in a circle',
    ])
  })

  test('a default export in each of its forms', () => {
    const files = {
      'http/a.ts': 'export default 1',
      'http/b.ts': 'const b = 1\nexport { b as default }',
      'http/c.ts': 'export default function c() {}',
      'http/d.ts': "export const d = 'export default'",
    }
    expect(house.noDefaultExports(madeUp(files))).toEqual([
      'http/a.ts:1 exports a default',
      'http/b.ts:2 exports a default',
      'http/c.ts:1 exports a default',
    ])
  })

  test('a use of process outside the command line', () => {
    const files = {
      'http/a.ts': 'const a = process.env\nglobalThis.process.exit()\njob.process()\nconst b = { process: 1 }',
      'cli/main.ts': 'process.exit()',
    }
    expect(house.processOnlyInTheMainFile(madeUp(files))).toEqual([
      'http/a.ts:1 touches process',
      'http/a.ts:2 touches process',
    ])
  })

  test('an effect, or an import with effects, in a pure folder', () => {
    const files = {
      'recovery/state/a.ts': 'new Date(1)\nnew Date()\nDate.now()\nMath.random()\nasync () => {}\nPromise.resolve()',
      'recovery/state/b.ts': "import '../run/c.ts'\nimport './a.ts'\nimport '../../internal/timers.ts'",
      'recovery/run/c.ts': 'Date.now()',
    }
    expect(house.pureFoldersHaveNoEffects(madeUp(files))).toEqual([
      ...[2, 3, 4, 5, 6].map((line) => `recovery/state/a.ts:${line} has an effect`),
      'recovery/state/b.ts:1 imports recovery/run/c.ts, which is not pure',
      'recovery/state/b.ts:3 imports internal/timers.ts, which is not pure',
    ])
  })

  test('a file named after nothing it does', () => {
    const files = { 'http/utils.ts': '', 'http/index.ts': '', 'entries/index.ts': '', 'http/send.ts': '' }
    expect(house.filesSayWhatTheyDo(madeUp(files))).toEqual([
      'http/utils.ts is named after nothing it does',
      'http/index.ts is named after nothing it does',
    ])
  })

  test('a door that does more than re-export', () => {
    const files = { 'entries/a.ts': "export { a } from '../http/a.ts'\nexport const b = 1\nimport '../http/c.ts'" }
    expect(house.doorsOnlyReexport(madeUp(files))).toEqual([
      'entries/a.ts:2 is not a re-export',
      'entries/a.ts:3 is not a re-export',
    ])
  })

  test('a subpath without a door, and a door without a subpath', () => {
    const files = { 'entries/index.ts': '', 'entries/emulator-node.ts': '', 'entries/secret.ts': '' }
    expect(house.doorsMatchExports(madeUp(files), ['.', './emulator/node', './gone', './package.json'])).toEqual([
      'package.json exports it, but there is no entries/gone.ts',
      'entries/secret.ts is not in the exports of package.json',
    ])
  })

  test('a folder with 17 files', () => {
    const files = (count: number) => Array.from({ length: count }, (_, index) => `http/${index}.ts`)
    expect(house.foldersAreSmall([...files(16), 'http/more/a.ts'])).toEqual([])
    expect(house.foldersAreSmall(files(17))).toEqual(['http/ has 17 files, more than 16'])
  })

  test('a unit test that mirrors no file', () => {
    const tests = ['http/send.test.ts', 'http/send.limits.test.ts', 'http/sent.test.ts', 'http/hmac.node.test.ts']
    expect(house.unitTestsMirrorSource(['http/send.ts', 'http/hmac.node.ts'], tests)).toEqual([
      'test/unit/http/sent.test.ts mirrors no file of src',
    ])
  })
})
