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

/** Runs a program to its end; what it printed is in the error when it fails. */
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

/** This Node, on a script of a package in the repository's node_modules. */
export function runBin(script: string, args: readonly string[], cwd: string = root): Promise<Output> {
  return run(process.execPath, [`${root}node_modules/${script}`, ...args], { cwd })
}

/** The npm that started this script; `npm` on the path when none did. */
export function npm(args: readonly string[], cwd: string): Promise<Output> {
  const script = process.env.npm_execpath
  return script === undefined ? run('npm', args, { cwd }) : run(process.execPath, [script, ...args], { cwd })
}

/** Installs what a folder has a lock file for, once for each lock file: npm leaves its own copy behind in node_modules. */
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
