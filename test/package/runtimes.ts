import assert from 'node:assert/strict'
import { access, cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { subpaths } from './consumers.ts'
import type { Report } from './report.ts'
import { checkServer } from './servers.ts'
import { installOnce, type Output, root, run } from './shell.ts'

const home = `${root}test/runtimes`
const bin = (path: string) => join(home, 'node_modules', path)

const files = [
  'smoke.js',
  'main.js',
  'worker.js',
  'workerd.capnp',
  'app.js',
  'server.js',
  'server-worker.js',
  'server.capnp',
]

/** Runs one smoke test of the installed package on every runtime it is made for. */
export async function checkRuntimes(report: Report, consumer: string): Promise<void> {
  await installOnce(home)
  for (const file of files) await cp(join(home, file), join(consumer, file))
  await checkWorkerd(report, consumer)
  await checkWorkerdServer(report, consumer)
  await breakNobleHmac(consumer)
  await checkSuite(report, `Node ${process.version}`, () => run(process.execPath, ['main.js'], { cwd: consumer }))
  await checkNode(report, 'node-22', consumer)
  await checkNode(report, 'node-20', consumer)
  await checkSuite(report, 'Bun', () => run(bin('bun/bin/bun.exe'), ['--no-install', 'main.js'], { cwd: consumer }))
  await checkSuite(report, 'Deno, without any permission', () => runDeno(consumer))
  await checkServers(report, consumer)
}

/** The servers that the runtimes bring along, with real requests. */
async function checkServers(report: Report, cwd: string): Promise<void> {
  const port = /^port (\d+)$/m
  const bun = ['--no-install', 'server.js']
  await checkServer(report, 'Bun.serve', { program: bin('bun/bin/bun.exe'), args: bun, cwd, port })
  const deno = ['run', '--allow-net=127.0.0.1', ...denoFlags, 'server.js']
  await checkServer(report, 'Deno.serve', { program: bin('deno/deno'), args: deno, cwd, env: denoEnv(cwd), port })
}

async function checkWorkerdServer(report: Report, cwd: string): Promise<void> {
  await bundle('server-worker', cwd)
  const program = bin('workerd/bin/workerd')
  const args = ['serve', 'server.capnp', '--control-fd=3']
  await checkServer(report, 'workerd', { program, args, cwd, port: /"event":"listen".*"port":(\d+)/, controlFd: 3 })
}

/** The oldest Node that `engines` promises, and Node 20, which is not promised but works. */
async function checkNode(report: Report, name: string, consumer: string): Promise<void> {
  const node = bin(`${name}/bin/node`)
  const { stdout: version } = await run(node, ['--version'])
  await checkSuite(report, `Node ${version.trim()}`, () => run(node, ['main.js'], { cwd: consumer }))
  await report.check('imports every subpath', () => run(node, ['import.js', ...subpaths], { cwd: consumer }))
  if (name === 'node-22') {
    await report.check('requires every subpath', () => run(node, ['require.cjs', ...subpaths], { cwd: consumer }))
  }
}

const denoFlags = ['--no-prompt', '--no-remote', '--no-lock']

function denoEnv(consumer: string): Record<string, string> {
  return { DENO_DIR: join(consumer, '.deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }
}

function runDeno(consumer: string): Promise<Output> {
  return run(bin('deno/deno'), ['run', ...denoFlags, 'main.js'], { cwd: consumer, env: denoEnv(consumer) })
}

/** As Cloudflare's own tools bundle a worker. */
async function bundle(name: string, consumer: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [join(consumer, `${name}.js`)],
    outfile: join(consumer, `${name}.bundle.js`),
    bundle: true,
    format: 'esm',
    target: 'es2023',
    conditions: ['workerd', 'worker', 'browser'],
    metafile: true,
    logLevel: 'silent',
    absWorkingDir: consumer,
  })
  return metafile
}

/** Bundled, then run without any port. */
async function checkWorkerd(report: Report, consumer: string): Promise<void> {
  const metafile = await bundle('worker', consumer)
  const inputs = Object.keys(metafile.inputs).join('\n')
  await checkSuite(report, 'workerd, without nodejs_compat', () =>
    run(bin('workerd/bin/workerd'), ['test', 'workerd.capnp'], { cwd: consumer }),
  )
  await report.check('takes the HMAC of @noble/hashes, and no channels for diagnostics', () => {
    assert.match(inputs, /@noble\/hashes/)
    assert.match(inputs, /diagnostics\.none/)
    assert.doesNotMatch(inputs, /(hmac|diagnostics)\.node/)
  })
}

/** Whoever loads this body from now on fails: that the suite passes shows that the other one was taken. */
async function breakNobleHmac(consumer: string): Promise<void> {
  const path = join(consumer, 'node_modules/x-account-activity/dist/internal/hmac.noble.js')
  await access(path)
  await writeFile(path, "throw new Error('took the body of #hmac that is for runtimes without node:crypto')\n")
}

async function checkSuite(report: Report, runtime: string, start: () => Promise<Output>): Promise<void> {
  report.section(runtime)
  let results: readonly { name: string; error?: string }[] = []
  await report.check('runs the suite', async () => {
    const { stdout, stderr } = await start()
    results = JSON.parse(`${stdout}${stderr}`.split('\n').find((line) => line.startsWith('[{')) ?? '[]')
    assert.ok(results.length > 0, `printed ${stdout}${stderr}`)
  })
  for (const { name, error } of results) {
    await report.check(name, () => {
      if (error !== undefined) throw new Error(error)
    })
  }
}
