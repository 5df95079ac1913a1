import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { CodeBlock } from './code-blocks.ts'
import { platformModules, runtimeGlobals } from './platform-modules.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const globals = `${root}test/docs/runtime-globals.d.ts`

/** Compiles each block as a module of its own, all in one program. Returns `file:line: message` for each error. */
export function typeCheck(blocks: readonly CodeBlock[]): string[] {
  const modules = new Map(blocks.map((block, index) => [moduleName(block, index), block]))
  const texts = new Map([...modules].map(([name, block]) => [name, moduleText(block)]))
  texts.set(globals, runtimeGlobals)
  const options = readOptions()
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.readFile = (name) => texts.get(name) ?? readFile(name)
  const program = ts.createProgram([...texts.keys()], options, host)
  return [...modules].flatMap(([name, block]) => {
    const source = program.getSourceFile(name)
    return ts.getPreEmitDiagnostics(program, source).map((found) => describeProblem(found, block))
  })
}

/** Beside the real file, so that imports resolve as they do there. */
function moduleName({ file, line }: CodeBlock, index: number): string {
  return `${root}${file}.${line}.${index}.ts`
}

/** Blank lines in front keep the line numbers of the document. */
function moduleText({ line, code }: CodeBlock): string {
  return `${'\n'.repeat(line - 1)}${code}\nexport {}\n`
}

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const substitutes = Object.entries(platformModules).map(([specifier, file]) => [specifier, [file]])
  return {
    ...options,
    paths: { ...options.paths, ...Object.fromEntries(substitutes) },
    // An example may show a value and leave its use to the reader.
    noUnusedLocals: false,
    noUnusedParameters: false,
    // As a stock NestJS project has them.
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
  }
}

function describeProblem({ file, start, messageText }: ts.Diagnostic, block: CodeBlock): string {
  const line =
    file === undefined || start === undefined ? block.line : file.getLineAndCharacterOfPosition(start).line + 1
  return `${block.file}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
}
