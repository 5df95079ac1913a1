import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { CodeBlock } from './code-blocks.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Reads each block as a module of its own, all in one program; returns `file:line: message` for what does not compile. */
export function typeCheck(blocks: readonly CodeBlock[]): string[] {
  const modules = new Map(blocks.map((block) => [moduleName(block), { block, text: moduleText(block) }]))
  const options = readOptions()
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = (name) => modules.has(name) || fileExists(name)
  host.readFile = (name) => modules.get(name)?.text ?? readFile(name)
  const program = ts.createProgram([...modules.keys()], options, host)
  return [...modules].flatMap(([name, { block }]) => {
    const source = program.getSourceFile(name)
    return ts.getPreEmitDiagnostics(program, source).map((found) => describeProblem(found, block))
  })
}

/** Beside the real file, so that imports resolve as they do there. */
function moduleName({ file, line }: CodeBlock): string {
  return `${root}${file}.${line}.ts`
}

/** Blank lines in front keep the line numbers of the document. */
function moduleText({ line, code }: CodeBlock): string {
  return `${'\n'.repeat(line - 1)}${code}\nexport {}\n`
}

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  // An example may show a value and leave the using of it to the reader.
  return { ...options, noUnusedLocals: false, noUnusedParameters: false }
}

function describeProblem({ file, start, messageText }: ts.Diagnostic, block: CodeBlock): string {
  const line =
    file === undefined || start === undefined ? block.line : file.getLineAndCharacterOfPosition(start).line + 1
  return `${block.file}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
}
