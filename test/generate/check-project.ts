import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Report } from '../package/report.ts'
import { run } from '../package/shell.ts'
import { consumerSecret, deliver } from './deliver.ts'
import { checkLambda } from './lambda.ts'
import type { GeneratedProject } from './projects.ts'

/** Where the code is generated. */
const out = 'src/webhook'

/** Generates into a project, checks its types, runs its tests, starts its server, and has the emulator deliver to it. */
export async function checkProject(
  report: Report,
  project: GeneratedProject,
  modules: string,
  cwd: string,
): Promise<void> {
  const { framework, language, tests, compilerOptions } = project
  report.section(`${framework}, ${language}, tests with ${tests}${compilerOptions?.outDir ? ', compiled' : ''}`)
  await createProject(project, modules, cwd)
  const flags = ['--framework', framework, '--language', language, '--tests', tests, '--api', 'both']
  const command = ['generate', 'handlers', ...flags, '--events', 'mention,message,follow', '--out', out]
  await report.check('generates', () => runBin(cwd, 'x-account-activity/dist/cli/main.js', command))
  await report.check('generates the same again', async () => {
    const { stdout } = await runBin(cwd, 'x-account-activity/dist/cli/main.js', [...command, '--json'])
    const { files } = JSON.parse(stdout) as { files: { action: string }[] }
    assert.deepEqual([...new Set(files.map(({ action }) => action))], ['unchanged'])
  })
  await report.check('is formatted', () => runBin(cwd, 'prettier/bin/prettier.cjs', ['--check', out]))
  if (language === 'typescript') {
    await report.check('compiles', () => runBin(cwd, 'typescript/bin/tsc', ['--noEmit']))
  }
  const readme = await readFile(join(cwd, out, 'README.md'), 'utf8')
  await report.check('passes its tests', async () => {
    await run('sh', ['-c', commandAfter(readme, '# Test')], { cwd, env: runtimesOf(cwd) })
  })
  if (framework === 'lambda')
    await report.check('handles events when it is invoked', () => checkLambda(cwd, out, language))
  await report.check('handles events over HTTP', () => checkServer(commandAfter(readme, '# Start'), cwd))
}

async function createProject({ compilerOptions }: GeneratedProject, modules: string, cwd: string): Promise<void> {
  await mkdir(cwd, { recursive: true })
  await symlink(modules, join(cwd, 'node_modules'))
  await writeFile(join(cwd, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  if (compilerOptions === undefined) return
  const strictest = {
    target: 'es2023',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noImplicitOverride: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    types: ['node'],
  }
  const config = { compilerOptions: { ...strictest, ...compilerOptions }, include: ['src'] }
  await writeFile(join(cwd, 'tsconfig.json'), JSON.stringify(config))
}

function runBin(cwd: string, script: string, args: readonly string[]) {
  return run(process.execPath, [join(cwd, 'node_modules', script), ...args], { cwd })
}

/** The command below a comment of the README. */
function commandAfter(readme: string, comment: string): string {
  const lines = readme.split('\n')
  const command = lines[lines.findIndex((line) => line.startsWith(comment)) + 1]
  assert.ok(command, `The README has no command after "${comment}".`)
  return command
}

/** Starts the server with the command of the README, and stops it. */
async function checkServer(command: string, cwd: string): Promise<void> {
  const port = await freePort()
  const server = startServer(command, cwd, port)
  try {
    await server.whenReady
    const { statuses, followers } = await deliver(`http://127.0.0.1:${port}/webhook`)
    assert.deepEqual(statuses, [200, 200], server.printed())
    assert.deepEqual(await printedFollowers(server, followers.length), followers)
  } finally {
    await server.stop()
  }
}

/** The followers that the handlers have printed. Wrangler passes on what a worker prints only after it has answered. */
async function printedFollowers(server: StartedServer, count: number): Promise<(string | undefined)[]> {
  const followers = () => [...server.printed().matchAll(/^User (\d+) followed user \d+$/gm)].map(([, id]) => id)
  for (let attempt = 0; attempt < 40 && followers().length < count; attempt += 1) await setTimeout(250)
  return followers()
}

/** Lets a shell find Bun and Deno, which are installed as packages. */
function runtimesOf(cwd: string): Record<string, string> {
  const path = [join(cwd, 'node_modules/.bin'), process.env.PATH].join(':')
  return { PATH: path, DENO_DIR: join(cwd, '.deno'), DENO_NO_UPDATE_CHECK: '1', NEXT_TELEMETRY_DISABLED: '1' }
}

interface StartedServer {
  /** Resolves when the health route answers. */
  readonly whenReady: Promise<void>
  readonly printed: () => string
  readonly stop: () => Promise<void>
}

function startServer(command: string, cwd: string, port: number): StartedServer {
  // A process group of its own, so that what the shell starts ends with it.
  const child: ChildProcess = spawn('sh', ['-c', command], {
    cwd,
    detached: true,
    env: { ...process.env, ...runtimesOf(cwd), PORT: String(port), X_CONSUMER_SECRET: consumerSecret },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
  }
  const waitUntilReady = async () => {
    for (let attempt = 0; attempt < 240 && child.exitCode === null; attempt += 1) {
      const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)
      if (response?.status === 200) return
      await setTimeout(250)
    }
    throw new Error(`The server is not ready: ${printed}`)
  }
  return {
    whenReady: waitUntilReady(),
    printed: () => printed,
    stop: async () => {
      if (child.exitCode !== null || child.pid === undefined) return
      process.kill(-child.pid, 'SIGKILL')
      await once(child, 'exit')
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return address.port
}
