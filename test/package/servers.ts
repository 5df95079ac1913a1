import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { httpCases } from './http-cases.ts'
import type { Report } from './report.ts'

/** How to start a server. */
export interface ServerProgram {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env?: Record<string, string>
  /** Finds the port in the output of the program, or in what it writes to the file descriptor `controlFd`. */
  readonly port: RegExp
  readonly controlFd?: number
}

/** Starts a server, sends it requests as X does, over a real socket, and stops it. */
export async function checkServer(report: Report, name: string, server: ServerProgram): Promise<void> {
  report.section(`${name}, over HTTP`)
  let child: ChildProcess | undefined
  let url = ''
  await report.check('listens', async () => {
    child = start(server)
    url = `http://127.0.0.1:${await readPort(child, server)}`
  })
  if (url !== '') {
    for (const [name, check] of Object.entries(httpCases(url))) await report.check(name, check)
  }
  if (child !== undefined && child.exitCode === null) {
    child.kill()
    await once(child, 'exit')
  }
}

function start({ program, args, cwd, env = {}, controlFd }: ServerProgram): ChildProcess {
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'pipe']
  if (controlFd !== undefined) stdio[controlFd] = 'pipe'
  return spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio })
}

function readPort(child: ChildProcess, { port, controlFd = 1 }: ServerProgram): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      printed += chunk
      const found = port.exec(printed)?.[1]
      if (found !== undefined) resolve(found)
    }
    for (const stream of new Set([child.stdio[controlFd], child.stderr])) (stream as Readable).on('data', read)
    child.once('error', reject).once('exit', (code) => reject(new Error(`ended with ${code}: ${printed}`)))
  })
}
