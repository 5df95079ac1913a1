import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, expect, onTestFinished, vi } from 'vitest'
import { type CodeBlock, markdownBlocks } from './code-blocks.ts'
import { platformModules } from './platform-modules.ts'

const { listen } = Server.prototype
const root = fileURLToPath(new URL('../../', import.meta.url))

/** The text of a document, named by its path from the root of the repository. */
export function readDocument(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** The blocks of a document, named by its path from the root of the repository. */
export function blocksOf(file: string): CodeBlock[] {
  return markdownBlocks(file, readDocument(file))
}

/** The one block of a document that contains a text. */
export function blockWith(blocks: readonly CodeBlock[], text: string): CodeBlock {
  const found = blocks.filter(({ code }) => code.includes(text))
  expect(found, `the blocks that contain ${text}`).toHaveLength(1)
  return found[0] ?? expect.unreachable()
}

/** Writes blocks as modules that can be imported, and removes them when the tests of the file have ended. */
export function createBlockWriter(): (block: CodeBlock) => string {
  mkdirSync(join(root, 'coverage'), { recursive: true })
  const folder = mkdtempSync(join(root, 'coverage', 'docs-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return ({ code }) => {
    const file = join(folder, `${randomUUID()}.js`)
    writeFileSync(file, toJavaScript(code))
    return file
  }
}

/** As a stock NestJS project compiles it; modules that exist only on a platform are replaced. */
function toJavaScript(code: string): string {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  })
  return Object.entries(platformModules).reduce(
    (text, [specifier, file]) => text.replaceAll(`'${specifier}'`, `'${file}'`),
    outputText,
  )
}

/** A block that has been run. */
export interface Ran<Exports> {
  readonly exports: Exports
  /** Resolves to the address of the first server that the block started. */
  readonly url: () => Promise<string>
}

/** Runs a module as the document has it, except for ports: every server listens on a free one, until the test ends. */
export async function runModule<Exports>(file: string): Promise<Ran<Exports>> {
  const servers: Server[] = []
  const spy = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
    servers.push(this)
    const whenListening = args.findLast((arg) => typeof arg === 'function')
    return listen.call(this, { port: 0, host: '127.0.0.1' }, whenListening as () => void)
  })
  onTestFinished(() => {
    spy.mockRestore()
    for (const server of servers) {
      server.close()
      if ('closeAllConnections' in server) (server as Server & { closeAllConnections(): void }).closeAllConnections()
    }
  })
  const exports: Exports = await import(/* @vite-ignore */ file)
  const url = async () => {
    await vi.waitFor(() => expect(servers[0]?.listening).toBe(true), { timeout: 5_000 })
    const [server = expect.unreachable()] = servers
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  return { exports, url }
}
