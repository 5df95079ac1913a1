import { dirname, join, relative, sep } from 'node:path'
import { isJsonObject, readJsonWithComments } from './json-with-comments.ts'
import type { TestRunner } from './options.ts'

/** Reads a text file. `undefined` when it does not exist. */
export type ReadText = (path: string) => Promise<string | undefined>

/** What the generator knows about the project that the code is for. */
export interface Project {
  /** The folder with `package.json`, or the working folder when no parent has one. */
  readonly root: string
  /** The output folder under `root`, with `/` between folders. `.` when it is the root. */
  readonly folder: string
  /** Whether `.js` files are ES modules. */
  readonly isModule: boolean
  /** Whether `package.json` says that `.ts` and `.js` files are CommonJS. Where it says nothing, Node.js looks at the code. */
  readonly isCommonJs: boolean
  /** The packages that `package.json` names. */
  readonly packages: ReadonlySet<string>
  /** What `tsconfig.json` says. Absent when there is none. */
  readonly tsconfig?: TsConfig
}

/** The compiler options that decide how code is written. */
export interface TsConfig {
  /** Whether an import may end in `.ts`. */
  readonly allowsTsImports: boolean
  /** Whether the compiler turns `.ts` at the end of an import into `.js`. */
  readonly rewritesTsImports: boolean
  /** Whether the output is CommonJS. */
  readonly isCommonJs: boolean
  /** Whether `process.env.NAME` has to be written `process.env['NAME']`. */
  readonly needsBrackets: boolean
}

/** Reads what the generator needs of the project that an output folder lies in. */
export async function readProject(out: string, cwd: string, readText: ReadText): Promise<Project> {
  const manifestPath = await findUpwards(out, 'package.json', readText)
  const root = manifestPath === undefined ? cwd : dirname(manifestPath)
  const manifest = manifestPath === undefined ? {} : readJsonWithComments((await readText(manifestPath)) ?? '')
  const isModule = manifest.type === 'module'
  const tsconfigPath = await findUpwards(out, 'tsconfig.json', readText)
  const options = tsconfigPath === undefined ? undefined : await readCompilerOptions(tsconfigPath, readText)
  return {
    root,
    folder: relative(root, out).split(sep).join('/') || '.',
    isModule,
    isCommonJs: manifest.type === 'commonjs',
    packages: new Set(['dependencies', 'devDependencies'].flatMap((key) => Object.keys(objectIn(manifest, key)))),
    ...(options !== undefined && { tsconfig: toTsConfig(options, isModule) }),
  }
}

/** The test runner that the project has. Node.js has one of its own. */
export function findTestRunner({ packages }: Project): TestRunner {
  if (packages.has('vitest')) return 'vitest'
  return packages.has('jest') ? 'jest' : 'node'
}

async function findUpwards(folder: string, name: string, readText: ReadText): Promise<string | undefined> {
  const path = join(folder, name)
  if ((await readText(path)) !== undefined) return path
  const parent = dirname(folder)
  return parent === folder ? undefined : findUpwards(parent, name, readText)
}

type JsonObject = Readonly<Record<string, unknown>>

/** The options of a `tsconfig.json`, with those of the files that it extends. */
async function readCompilerOptions(path: string, readText: ReadText, depth = 0): Promise<JsonObject> {
  const config = readJsonWithComments((await readText(path)) ?? '')
  const bases = [config.extends].flat().filter((base) => typeof base === 'string')
  const inherited = depth > 8 ? [] : await Promise.all(bases.map((base) => readBase(path, base, readText, depth + 1)))
  return Object.assign({}, ...inherited, objectIn(config, 'compilerOptions'))
}

async function readBase(path: string, base: string, readText: ReadText, depth: number): Promise<JsonObject> {
  for (const candidate of baseCandidates(dirname(path), base)) {
    if ((await readText(candidate)) !== undefined) return readCompilerOptions(candidate, readText, depth)
  }
  return {}
}

/** Where the file that a `tsconfig.json` extends may be: relative, or in a package of a parent folder. */
function baseCandidates(folder: string, base: string): string[] {
  const files = base.endsWith('.json') ? [base] : [`${base}.json`, join(base, 'tsconfig.json')]
  if (base.startsWith('.') || base.startsWith('/'))
    return files.map((file) => join(base.startsWith('/') ? '' : folder, file))
  return parentsOf(folder).flatMap((parent) => files.map((file) => join(parent, 'node_modules', file)))
}

function parentsOf(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...parentsOf(parent)]
}

function toTsConfig(options: JsonObject, isModule: boolean): TsConfig {
  const module = String(options.module ?? '').toLowerCase()
  const rewritesTsImports = options.rewriteRelativeImportExtensions === true
  return {
    allowsTsImports: rewritesTsImports || options.allowImportingTsExtensions === true,
    rewritesTsImports,
    isCommonJs: module === 'commonjs' || (module.startsWith('node') && !isModule),
    needsBrackets: options.noPropertyAccessFromIndexSignature === true,
  }
}

function objectIn(value: JsonObject, key: string): JsonObject {
  const member = value[key]
  return isJsonObject(member) ? member : {}
}
