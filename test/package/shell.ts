import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The root of the repository, with a slash at its end. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url))

export interface Output {
  readonly stdout: string
  readonly stderr: string
}

const execute = promisify(execFile)

/** Runs a program until it exits. If it fails, the error has its output. */
export async function run(
  program: string,
  args: readonly string[],
  { cwd = root, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Output> {
  try {
    const running = execute(program, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout: 300_000,
      maxBuffer: 64 * 1024 * 1024,
    })
    running.child.stdin?.end()
    return await running
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Partial<Output> & Error
    throw new Error(`${message}\n${stdout}${stderr}`)
  }
}

/** Runs a script of a package in the node_modules of the repository, with this Node.js. */
export function runBin(script: string, args: readonly string[], cwd: string = root): Promise<Output> {
  return run(process.execPath, [`${root}node_modules/${script}`, ...args], { cwd })
}

/** Runs the npm that started this script, or `npm` on the path. */
export function npm(args: readonly string[], cwd: string): Promise<Output> {
  const script = process.env.npm_execpath
  return script === undefined ? run('npm', args, { cwd }) : run(process.execPath, [script, ...args], { cwd })
}

/** Installs the packages in the lock file of a folder, unless it did so before: npm keeps a copy of the file in node_modules. */
export async function installOnce(folder: string, ...flags: readonly string[]): Promise<void> {
  const changed = await lastChange(join(folder, 'package-lock.json'))
  const installed = await lastChange(join(folder, 'node_modules/.package-lock.json'))
  if (installed >= changed) return
  await npm(['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...flags], folder)
}

async function lastChange(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
