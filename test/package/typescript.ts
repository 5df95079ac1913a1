import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { subpaths } from './consumers.ts'
import type { Report } from './report.ts'
import { root, run } from './shell.ts'

/** With `skipLibCheck` off, TypeScript checks every declaration of ours, and those that ours import. */
const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'ES2023',
  typeRoots: [`${root}node_modules/@types`],
}

const web = ['ES2023', 'DOM', 'DOM.Iterable']
const esm = { verbatimModuleSyntax: true, isolatedModules: true, types: ['node'], lib: web }

interface Program {
  readonly name: string
  readonly options: object
  readonly files: readonly string[]
}

const all = ['every-subpath.ts', 'consumer.ts', 'exact-optional.ts', 'node-consumer.ts', 'peers.ts']
/** ioredis 5.0 and msw 3 do not suit every way to resolve modules. */
const ioredis = 'peers-ioredis.ts'
const msw = 'peers-msw.ts'

const programs: readonly Program[] = [
  {
    name: 'bundler',
    options: { ...esm, module: 'preserve', moduleResolution: 'bundler' },
    files: [...all, ioredis, msw],
  },
  {
    name: 'bundler, without the types of Node.js',
    options: { ...esm, module: 'preserve', moduleResolution: 'bundler', types: [] },
    files: ['consumer.ts'],
  },
  {
    name: 'node16',
    options: { ...esm, module: 'node16' },
    files: [...all, msw, 'required.cts', 'every-subpath-required.cts'],
  },
  {
    name: 'nodenext',
    options: { ...esm, module: 'nodenext' },
    files: [...all, msw, 'required.cts', 'every-subpath-required.cts'],
  },
  {
    name: 'nodenext, without the types of the DOM',
    options: { ...esm, module: 'nodenext', lib: ['ES2023'] },
    files: ['every-subpath-without-msw.ts', 'consumer.ts', 'node-consumer.ts'],
  },
]

/** Only TypeScript 5.9 and 6 have `node10`. In 6 it is deprecated. */
const node10 = (version: string): Program => ({
  name: 'node10, CommonJS',
  options: {
    module: 'commonjs',
    moduleResolution: 'node10',
    esModuleInterop: true,
    types: ['node'],
    lib: web,
    ...(version === '6' && { ignoreDeprecations: '6.0' }),
  },
  files: ['every-subpath-without-msw.ts', 'consumer.ts', 'node-consumer.ts', 'peers.ts'],
})

/** The versions, and their packages in the `tools` project. */
const compilers = [
  ['5.9', 'typescript'],
  ['6', 'typescript-6'],
  ['7', 'typescript-7'],
] as const

/** Compiles programs that use every entry point, with each version of TypeScript and each way to resolve modules. */
export async function checkTypeScript(report: Report, consumer: string, tools: string): Promise<void> {
  report.section('TypeScript, strict, without skipLibCheck')
  await writeEverySubpath(consumer)
  for (const [version, name] of compilers) {
    const compiler = join(tools, 'node_modules', name, 'bin/tsc')
    for (const program of version === '7' ? programs : [...programs, node10(version)]) {
      await report.check(`TypeScript ${version}: ${program.name}`, () => compile(compiler, consumer, program))
    }
  }
}

/**
 * Compiles a program with the oldest peers. Some of their declarations have errors of their own, which are ignored.
 */
export async function checkOldestPeerTypes(report: Report, folder: string, tools: string): Promise<void> {
  const compiler = join(tools, 'node_modules/typescript-6/bin/tsc')
  const options = { ...esm, module: 'preserve', moduleResolution: 'bundler' }
  await report.check('their types', async () => {
    try {
      await compile(compiler, folder, { name: '', options, files: ['peers.ts', ioredis, msw] })
    } catch (error) {
      const lines = (error as Error).message.split('\n').filter((line) => /^\S.*: error TS/.test(line))
      const ours = lines.filter((line) => !/^node_modules\/(?!x-account-activity\/)/.test(line))
      if (lines.length === 0 || ours.length > 0) throw error
    }
  })
}

async function writeEverySubpath(folder: string): Promise<void> {
  const files = {
    'every-subpath.ts': subpaths,
    'every-subpath-required.cts': subpaths,
    // The types of msw need those of the DOM, and a resolution that reads `exports`.
    'every-subpath-without-msw.ts': subpaths.filter((subpath) => !subpath.endsWith('/msw')),
  }
  for (const [file, names] of Object.entries(files)) {
    await writeFile(join(folder, file), file.endsWith('.cts') ? requireAll(names) : exportAll(names))
  }
}

function exportAll(names: readonly string[]): string {
  return names.map((name, index) => `export * as name${index} from '${name}'\n`).join('')
}

function requireAll(names: readonly string[]): string {
  const imports = names.map((name, index) => `import name${index} = require('${name}')\n`)
  return `${imports.join('')}export = [${names.map((_name, index) => `name${index}`)}]\n`
}

async function compile(compiler: string, folder: string, { options, files }: Program): Promise<void> {
  const project = join(folder, 'tsconfig.json')
  await writeFile(project, JSON.stringify({ compilerOptions: { ...strict, ...options }, files }))
  await run(process.execPath, [compiler, '--project', project, '--pretty', 'false'], { cwd: folder })
}
