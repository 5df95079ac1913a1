import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import ts from 'typescript'
import type { GenerateOptions } from '../../src/cli/generate/options.ts'
import { planFiles } from '../../src/cli/generate/plan-files.ts'
import type { Project } from '../../src/cli/generate/project.ts'
import { platformModules, runtimeGlobals } from '../docs/platform-modules.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A project without a tsconfig.json, whose code goes to `src/x`. */
export const project: Project = {
  root: '/project',
  folder: 'src/x',
  isModule: true,
  isCommonJs: false,
  packages: new Set(),
}

export const options: GenerateOptions = {
  framework: 'node',
  api: 'both',
  events: ['mention', 'message', 'follow'],
  store: 'memory',
  tests: 'vitest',
  language: 'typescript',
}

/** The generated files by path. */
export function generate(changes: Partial<GenerateOptions> = {}, where: Partial<Project> = {}): Map<string, string> {
  const files = planFiles({ ...options, ...changes }, { ...project, ...where })
  return new Map(files.map(({ path, text }) => [path, text]))
}

/** Compiles files as one program, under the strictest settings. Returns `path:line: message` for each error. */
export function compile(files: ReadonlyMap<string, string>, changes: ts.CompilerOptions = {}): string[] {
  const folder = `${root}test/generated-code/`
  const globals = `${folder}runtime-globals.d.ts`
  const texts = new Map([...files].map(([path, text]) => [`${folder}${path}`, text]))
  texts.set(globals, runtimeGlobals)
  const compilerOptions = { ...readOptions(), ...changes }
  const host = ts.createCompilerHost(compilerOptions)
  const { fileExists, readFile, directoryExists } = host
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.readFile = (name) => texts.get(name) ?? readFile(name)
  host.directoryExists = (name) => `${name}/`.startsWith(folder) || directoryExists?.(name) === true
  const program = ts.createProgram([...texts.keys()], compilerOptions, host)
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || texts.has(file.fileName))
    .map(({ file, start, messageText }) => {
      const line = file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1
      return `${file?.fileName.slice(folder.length)}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
}

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const substitutes = Object.entries({
    ...platformModules,
    '@hono/node-server': `${root}test/docs/platform-modules/hono-node-server.ts`,
  }).map(([specifier, file]) => [specifier, [file]])
  return {
    ...options,
    paths: { ...options.paths, ...Object.fromEntries(substitutes) },
    // As a stock NestJS project has them.
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  }
}

const execute = promisify(execFile)

/** Runs Biome on files of a folder. Rejects when one is not formatted. */
export async function checkFormat(folder: string): Promise<void> {
  await execute(
    process.execPath,
    [`${root}node_modules/@biomejs/biome/bin/biome`, 'check', '--max-diagnostics=5', '.'],
    {
      cwd: folder,
    },
  )
}

/** Parses modules in one process, as `node --check` parses one. Rejects when one cannot be parsed. */
export async function checkSyntax(folder: string, paths: readonly string[]): Promise<void> {
  const program = `
    import { readFileSync } from 'node:fs'
    import { SourceTextModule } from 'node:vm'
    for (const path of JSON.parse(readFileSync(0, 'utf8'))) {
      new SourceTextModule(readFileSync(path, 'utf8'), { identifier: path })
    }`
  const running = execute(process.execPath, ['--experimental-vm-modules', '--input-type=module', '--eval', program], {
    cwd: folder,
  })
  running.child.stdin?.end(JSON.stringify(paths))
  await running
}
