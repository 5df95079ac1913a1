import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const platforms = fileURLToPath(new URL('platforms/', import.meta.url))
const names = globSync('*/tsconfig.json', { cwd: platforms })
  .map((path) => path.split('/')[0] ?? '')
  .sort()

/** A folder that exists in memory only. It holds the declarations that a user of the package gets. */
const declarations = `${root}declarations/`

/** The compiler reads all of src once, and the types of each platform. */
const timeout = 120_000

let emitted = new Map<string, string>()
beforeAll(() => {
  emitted = emitDeclarations(['receiver', 'node', 'aws-lambda'])
}, timeout)

/** The declarations of these entry points and of what they import, by path. */
function emitDeclarations(entries: readonly string[]): Map<string, string> {
  const files = new Map<string, string>()
  const options = {
    ...readConfig(`${root}tsconfig.json`).options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: `${root}src`,
    outDir: declarations,
  }
  const program = ts.createProgram(
    entries.map((entry) => `${root}src/entries/${entry}.ts`),
    options,
  )
  program.emit(undefined, (path, text) => files.set(path, text))
  return files
}

/** What the compiler says about the files of a platform: `file: message`. */
function check(name: string): string[] {
  const { options, fileNames } = readConfig(`${platforms}${name}/tsconfig.json`)
  const paths = { 'x-account-activity/*': [`${declarations}entries/*.d.ts`] }
  // The declarations are checked too, so without `skipLibCheck`. Those of other packages are read, but not checked.
  const checked = { ...options, paths, skipLibCheck: false }
  const host = ts.createCompilerHost(checked)
  const { fileExists, readFile, directoryExists } = host
  host.fileExists = (path) => emitted.has(path) || fileExists(path)
  host.readFile = (path) => emitted.get(path) ?? readFile(path)
  host.directoryExists = (path) => `${path}/`.startsWith(declarations) || (directoryExists?.(path) ?? true)
  const program = ts.createProgram(fileNames, checked, host)
  const sources = program
    .getSourceFiles()
    .filter(({ fileName }) => fileNames.includes(fileName) || emitted.has(fileName))
  const found = sources.flatMap((source) => [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ])
  return [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(), ...found].map(describeProblem)
}

function readConfig(path: string): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(path, ts.sys.readFile)
  return ts.parseJsonConfigFileContent(config, ts.sys, path.slice(0, path.lastIndexOf('/')))
}

function describeProblem({ file, messageText }: ts.Diagnostic): string {
  const path = file?.fileName.replace(platforms, '').replace(root, '') ?? 'tsconfig.json'
  return `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n').split('\n', 1)[0]}`
}

/** What the compiler says about `mistake.ts` of each platform, which shows that the check can fail. */
const mistakes: Record<string, RegExp> = {
  'aws-lambda': /^aws-lambda\/mistake\.ts: Type .* is not assignable to type 'APIGatewayProxyHandler'\.$/,
  bun: /^bun\/mistake\.ts: Type .* is not assignable to type .* => MaybePromise<Response>\)/,
  'cloudflare-workers':
    /^cloudflare-workers\/mistake\.ts: Type .* is not assignable to type 'ExportedHandlerFetchHandler</,
  deno: /^deno\/mistake\.ts: No overload matches this call\.$/,
  next: /^next\/mistake\.ts: Type .* does not satisfy the expected type 'RouteHandlers'\.$/,
  node: /^node\/mistake\.ts: No overload matches this call\.$/,
}

test.each(names)('a receiver has the type that %s expects', { timeout }, (name) => {
  expect(check(name)).toEqual([expect.stringMatching(mistakes[name] ?? /^$/)])
})
