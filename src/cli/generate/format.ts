import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ReadText } from './project.ts'
import type { GeneratedFile } from './templates/context.ts'

/** Formats files as the project does. */
export interface Formatter {
  readonly name: 'prettier' | 'biome'
  /** Formats a file that will be at `path`. Rejects when the formatter fails. */
  readonly format: (path: string, text: string) => Promise<string>
}

/**
 * The formatter that is installed in the project: Biome where the project has its configuration, otherwise Prettier, or
 * else Biome. `undefined` when neither is installed.
 */
export async function findFormatter(root: string, readText: ReadText): Promise<Formatter | undefined> {
  const resolve = createRequire(join(root, 'package.json')).resolve
  const biome = tryResolve(() => resolve('@biomejs/biome/bin/biome'))
  const prettier = tryResolve(() => resolve('prettier'))
  const biomeConfig = await findBiomeConfig(root, readText)
  if (biome !== undefined && (biomeConfig !== undefined || prettier === undefined)) {
    return createBiome(biome, biomeConfig ?? root)
  }
  return prettier === undefined ? undefined : createPrettier(prettier)
}

/** Formats the files. `failed` is called with the path of each that the formatter refuses: it stays as it is. */
export async function formatFiles(
  formatter: Formatter | undefined,
  folder: string,
  files: readonly GeneratedFile[],
  failed: (path: string, error: unknown) => void,
): Promise<readonly GeneratedFile[]> {
  if (formatter === undefined) return files
  return Promise.all(
    files.map(async ({ path, text }) => {
      if (!/\.(?:[cm]?[jt]s|jsonc?|md|html)$/.test(path)) return { path, text }
      try {
        return { path, text: await formatter.format(join(folder, path), text) }
      } catch (error) {
        failed(path, error)
        return { path, text }
      }
    }),
  )
}

function tryResolve(resolve: () => string): string | undefined {
  try {
    return resolve()
  } catch {
    return undefined
  }
}

/** The folder of the configuration of Biome. */
async function findBiomeConfig(folder: string, readText: ReadText): Promise<string | undefined> {
  for (const name of ['biome.json', 'biome.jsonc']) {
    if ((await readText(join(folder, name))) !== undefined) return folder
  }
  const parent = dirname(folder)
  return parent === folder ? undefined : findBiomeConfig(parent, readText)
}

/** The functions of Prettier that are used. */
interface Prettier {
  readonly resolveConfig: (path: string, options: { editorconfig: boolean }) => Promise<object | null>
  readonly format: (text: string, options: object) => Promise<string>
}

function createPrettier(entry: string): Formatter {
  const loaded = import(pathToFileURL(entry).href) as Promise<Prettier & { readonly default?: Prettier }>
  loaded.catch(() => undefined)
  return {
    name: 'prettier',
    format: async (path, text) => {
      const module = await loaded
      const { resolveConfig, format } = module.default ?? module
      return format(text, { ...(await resolveConfig(path, { editorconfig: true })), filepath: path })
    },
  }
}

function createBiome(script: string, cwd: string): Formatter {
  return {
    name: 'biome',
    // Biome passes a file that it does not handle, such as Markdown, through with an error.
    format: async (path, text) => (/\.(?:md|html)$/.test(path) ? text : await runBiome(script, cwd, path, text)),
  }
}

/** `fork` runs a script with the Node.js that runs this one. */
function runBiome(script: string, cwd: string, path: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(script, ['format', `--stdin-file-path=${path}`], { cwd, silent: true, execArgv: [] })
    let formatted = ''
    let problem = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      formatted += chunk
    })
    child.stderr?.setEncoding('utf8').on('data', (chunk) => {
      problem += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0 && formatted !== '') resolve(formatted)
      else reject(new Error(problem === '' ? `Biome ended with the code ${code}.` : problem))
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(text)
  })
}
