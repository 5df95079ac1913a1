import { posix } from 'node:path'
import type { Source } from './source.ts'

/** A rule of the house: one line for each place where it is broken. */
export type Rule = (sources: readonly Source[]) => string[]

/**
 * The rooms of `src`, each with its floor. Imports go down, never up and never across. `internal` lies under the
 * first floor: every room may take its tools from there.
 */
export const floors: ReadonlyMap<string, number> = new Map([
  ['cli', 11],
  ['entries', 10],
  ['dashboard', 9],
  ['testing', 9],
  ['emulator', 8],
  ['telemetry', 8],
  ['recovery', 7],
  ['sync', 6],
  ['stream', 6],
  ['client', 5],
  ['endpoints', 4],
  ['http', 3],
  ['receiver', 3],
  ['payloads', 3],
  ['webhook', 2],
  ['events', 2],
  ['replay', 2],
  ['auth', 2],
  ['stores', 1],
  ['errors', 1],
  ['internal', 0],
])

/** Who may import what is not ours; a path that ends in `/` is a whole room. */
const walls: Readonly<Record<string, readonly string[]>> = {
  ky: ['http/'],
  zod: ['events/', 'endpoints/'],
  'oauth-1.0a': ['auth/oauth1.ts'],
  '@noble/hashes': ['internal/hmac.noble.ts'],
  '@opentelemetry/api': ['telemetry/'],
  msw: ['testing/'],
  'node:crypto': ['internal/hmac.node.ts', 'cli/'],
  'node:diagnostics_channel': ['internal/diagnostics.node.ts'],
  bullmq: [
    'stores/inbox/bullmq-inbox.ts',
    'stores/inbox/bullmq/bullmq-job.ts',
    'stores/inbox/bullmq/bullmq-ordering.ts',
    'stores/inbox/bullmq/bullmq-run.ts',
    'stores/inbox/bullmq/bullmq-leases.ts',
    'stores/inbox/bullmq/bullmq-script.ts',
  ],
  '@stricli/core': ['cli/'],
  '@clack/prompts': ['cli/'],
  '@bomb.sh/tab': ['cli/completion/'],
  diff: ['cli/generate/'],
  'node-diff3': ['cli/generate/'],
  fastify: ['receiver/adapters/fastify.ts'],
  koa: ['receiver/adapters/koa.ts'],
}

/** The names in `imports` of package.json, behind each of which stand two bodies. */
const twoBodied = /^#(hmac|diagnostics)$/

/** The rooms that a room may enter, where its floor alone would let it into more. */
const confined: Readonly<Record<string, readonly string[]>> = {
  emulator: ['emulator', 'payloads', 'webhook', 'events', 'errors', 'internal'],
  payloads: ['payloads', 'events', 'internal'],
  receiver: ['receiver', 'webhook', 'events', 'stores', 'errors', 'internal'],
}

export const everyRoomHasAFloor: Rule = (sources) =>
  sources.filter(({ path }) => !floors.has(roomOf(path))).map(({ path }) => `${path} is in no room of the house`)

export const importsStayInside: Rule = (sources) => {
  const paths = new Set(sources.map(({ path }) => path))
  return ownImports(sources)
    .filter(({ to }) => !paths.has(to))
    .map(({ place, to }) => `${place} imports ${to}: no such file in src`)
}

export const importsGoDown: Rule = (sources) =>
  ownImports(sources)
    .filter(({ from, to }) => roomOf(from) !== roomOf(to) && floorOf(to) >= floorOf(from))
    .map(({ place, from, to }) => `${place} imports ${to}: from floor ${floorOf(from)} to floor ${floorOf(to)}`)

export const onlyTheCliEntersByADoor: Rule = (sources) =>
  everyImport(sources)
    .filter(({ to }) => roomOf(to) === 'entries' || packageOf(to) === 'x-account-activity')
    .filter(({ from }) => !['cli', 'entries'].includes(roomOf(from)))
    .map(({ place, to }) => `${place} imports ${to}: the doors are for users`)

export const confinedRoomsKeepToThemselves: Rule = (sources) =>
  ownImports(sources)
    .filter(({ from, to }) => confined[roomOf(from)]?.includes(roomOf(to)) === false)
    .map(({ place, from, to }) => `${place} imports ${to}: ${roomOf(from)}/ may not know ${roomOf(to)}/`)

export const oneWallPerDependency: Rule = (sources) =>
  everyImport(sources)
    .filter(({ to }) => !isOwn(to) && !twoBodied.test(to) && !isOtherNodeModule(to))
    .filter(({ from, to }) => !walls[packageOf(to)]?.some((wall) => isWithin(from, wall)))
    .map(({ place, to }) => `${place} imports ${to}: ${walls[packageOf(to)]?.join(' and ') ?? 'nobody'} may`)

export const nodeModulesOnlyInNodeFiles: Rule = (sources) =>
  everyImport(sources)
    // Only Node.js runs the command line.
    .filter(({ from, to }) => isOtherNodeModule(to) && !/^cli\/|(^|[/.-])node\.ts$/.test(from))
    .map(({ place, to }) => `${place} imports ${to}: only files named node.ts, *.node.ts or *-node.ts may`)

export const twoBodiedOnlyByName: Rule = (sources) =>
  ownImports(sources).flatMap(({ place, to }) => {
    const name = /^internal\/(hmac|diagnostics)\.\w+\.ts$/.exec(to)?.[1]
    return name === undefined ? [] : [`${place} imports ${to}: import '#${name}', and the runtime picks the body`]
  })

/** Follows every import from the front door, types too: a web page that imports the package has no Node types. */
export const frontDoorNeedsNoNode: Rule = (sources) => {
  const reached = reachableFrom('entries/index.ts', sources)
  return everyImport(sources.filter(({ path }) => reached.has(path)))
    .filter(({ to }) => to.startsWith('node:'))
    .map(({ place, to }) => `${place} imports ${to}, and is reached from entries/index.ts`)
}

export const noCircles: Rule = (sources) =>
  sources
    .filter(({ path, imports }) => imports.some(({ to }) => reachableFrom(to, sources).has(path)))
    .map(({ path }) => `${path} imports itself in a circle`)

export const noDefaultExports: Rule = (sources) =>
  sources.flatMap(({ path, defaultExports }) => defaultExports.map((line) => `${path}:${line} exports a default`))

export const processOnlyInTheMainFile: Rule = (sources) =>
  sources
    .filter(({ path }) => path !== 'cli/main.ts')
    .flatMap(({ path, processUses }) => processUses.map((line) => `${path}:${line} touches process`))

/** Folders of pure functions: what they return depends on their arguments only. */
const pureFolders: readonly string[] = ['recovery/state/', 'payloads/']

/** What a pure folder may import, beside itself: other pure functions. */
const pureImports: readonly string[] = ['events/', 'replay/', 'internal/assert.ts', 'internal/clock.ts']

export const pureFoldersHaveNoEffects: Rule = (sources) =>
  pureFolders.flatMap((folder) => {
    const files = sources.filter(({ path }) => path.startsWith(folder))
    return [
      ...files.flatMap(({ path, effects }) => effects.map((line) => `${path}:${line} has an effect`)),
      ...everyImport(files)
        .filter(({ to }) => ![folder, ...pureImports].some((wall) => isWithin(to, wall)))
        .map(({ place, to }) => `${place} imports ${to}, which is not pure`),
    ]
  })

export const filesSayWhatTheyDo: Rule = (sources) =>
  sources
    .map(({ path }) => path)
    .filter(
      (path) => /^(utils?|helpers?|common|misc|index)\.ts$/.test(posix.basename(path)) && path !== 'entries/index.ts',
    )
    .map((path) => `${path} is named after nothing it does`)

export const doorsOnlyReexport: Rule = (sources) =>
  sources
    .filter(({ path }) => roomOf(path) === 'entries')
    .flatMap(({ path, ownStatements }) => ownStatements.map((line) => `${path}:${line} is not a re-export`))

/** Compares the doors with `exports` of package.json: `./emulator/node` opens `entries/emulator-node.ts`. */
export function doorsMatchExports(sources: readonly Source[], subpaths: readonly string[]): string[] {
  const doors = sources.map(({ path }) => path).filter((path) => roomOf(path) === 'entries')
  const wanted = subpaths.filter((subpath) => subpath !== './package.json').map(doorOf)
  return [
    ...wanted.filter((door) => !doors.includes(door)).map((door) => `package.json exports it, but there is no ${door}`),
    ...doors.filter((door) => !wanted.includes(door)).map((door) => `${door} is not in the exports of package.json`),
  ]
}

function doorOf(subpath: string): string {
  return `entries/${subpath === '.' ? 'index' : subpath.slice('./'.length).replaceAll('/', '-')}.ts`
}

interface Edge {
  readonly from: string
  readonly to: string
  /** `webhook/answer-crc.ts:3` */
  readonly place: string
}

function everyImport(sources: readonly Source[]): Edge[] {
  return sources.flatMap(({ path, imports }) =>
    imports.map(({ to, line }) => ({ from: path, to, place: `${path}:${line}` })),
  )
}

/** The command line prints the version in package.json. */
function ownImports(sources: readonly Source[]): Edge[] {
  return everyImport(sources).filter(
    ({ from, to }) => isOwn(to) && !(from === 'cli/main.ts' && to === '../package.json'),
  )
}

/** Relative imports were resolved to `room/file.ts`; packages have no extension. */
function isOwn(to: string): boolean {
  return to.endsWith('.ts') || to.startsWith('..') || floors.has(roomOf(to))
}

function isOtherNodeModule(to: string): boolean {
  return to.startsWith('node:') && !(to in walls)
}

function isWithin(path: string, wall: string): boolean {
  return wall.endsWith('/') ? path.startsWith(wall) : path === wall
}

function roomOf(path: string): string {
  return path.split('/', 1)[0] ?? ''
}

function floorOf(path: string): number {
  return floors.get(roomOf(path)) ?? Number.POSITIVE_INFINITY
}

/** `zod/mini` belongs to `zod`, `@noble/hashes/hmac.js` to `@noble/hashes`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function reachableFrom(start: string, sources: readonly Source[]): Set<string> {
  const importsOf = new Map(sources.map(({ path, imports }) => [path, imports]))
  const reached = new Set<string>()
  const open = [start]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    open.push(...(importsOf.get(path) ?? []).map(({ to }) => to))
  }
  return reached
}

/** The most files that a folder has beside its subfolders, so that a reader can take it in. */
const mostFiles = 16

/** Lists the folders with too many files. The entries are a list already: one file for each subpath. */
export function foldersAreSmall(paths: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(posix.dirname(path), (counts.get(posix.dirname(path)) ?? 0) + 1)
  return [...counts]
    .filter(([folder, count]) => count > mostFiles && folder !== 'entries')
    .map(([folder, count]) => `${folder}/ has ${count} files, more than ${mostFiles}`)
}

/**
 * Lists the unit tests that mirror no source file: `test/unit/a/b.test.ts` and `test/unit/a/b.subject.test.ts` test
 * `src/a/b.ts`.
 */
export function unitTestsMirrorSource(paths: readonly string[], tests: readonly string[]): string[] {
  const sources = new Set(paths.map((path) => path.replace(/\.ts$/, '')))
  return tests
    .filter((test) => {
      const name = test.replace(/\.test\.ts$/, '')
      return !sources.has(name) && !sources.has(name.replace(/\.[a-z0-9-]+$/, ''))
    })
    .map((test) => `test/unit/${test} mirrors no file of src`)
}
