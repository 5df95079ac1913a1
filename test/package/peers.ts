import { cp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import type { Report } from './report.ts'
import { checkServer } from './servers.ts'
import { root, run } from './shell.ts'
import { checkSuite } from './suite.ts'

const home = `${root}test/package/peers`

/** Programs that print the results of cases. */
const suites = ['msw', '@opentelemetry/api', 'redis', 'ioredis', 'bullmq', 'pg', 'postgres']
/** The variable with the address of the server that a suite needs, and an example. */
const servedBy: Readonly<Record<string, readonly [variable: string, example: string]>> = {
  redis: ['X_AAA_TEST_REDIS_URL', 'redis://127.0.0.1:6379'],
  ioredis: ['X_AAA_TEST_REDIS_URL', 'redis://127.0.0.1:6379'],
  bullmq: ['X_AAA_TEST_REDIS_URL', 'redis://127.0.0.1:6379'],
  pg: ['X_AAA_TEST_POSTGRES_URL', 'postgres://postgres@127.0.0.1:5432/postgres'],
  postgres: ['X_AAA_TEST_POSTGRES_URL', 'postgres://postgres@127.0.0.1:5432/postgres'],
}
/** Programs that serve a receiver. */
const servers = ['fastify', 'koa']

/** Runs each adapter and each store with the versions of its package that a project has. */
export async function checkPeers(report: Report, project: string): Promise<void> {
  for (const file of await readdir(home)) await cp(join(home, file), join(project, file))
  await cp(`${root}test/runtimes/app.js`, join(project, 'app.js'))
  const versionOf = async (name: string): Promise<string> =>
    JSON.parse(await readFile(join(project, 'node_modules', name, 'package.json'), 'utf8')).version

  await report.check('all optional peers are tested', () => {
    const untested = Object.keys(manifest.peerDependencies).filter((name) => ![...suites, ...servers].includes(name))
    if (untested.length > 0) throw new Error(`${untested}`)
  })
  for (const name of suites) {
    const title = `${name} ${await versionOf(name)}`
    const [variable, example] = servedBy[name] ?? []
    if (variable !== undefined && !process.env[variable]) {
      await report.check(title, () => skip(`${variable}`, `${example}`))
      continue
    }
    const script = `${name.replace('@', '').replace('/api', '')}.js`
    await checkSuite(report, title, () => run(process.execPath, [script], { cwd: project }))
  }
  for (const name of servers) {
    const program = { program: process.execPath, args: [`${name}.js`], cwd: project, port: /^port (\d+)$/m }
    await checkServer(report, `${name} ${await versionOf(name)}`, program)
  }
}

function skip(variable: string, example: string): string {
  if (process.env.CI) throw new Error(`${variable} is not set`)
  return `SKIPPED. Set ${variable}, such as ${example}`
}
