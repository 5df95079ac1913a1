import assert from 'node:assert/strict'
import { access, cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Metafile, transform } from 'esbuild'
import { subpaths } from './consumers.ts'
import type { Report } from './report.ts'
import { checkServer } from './servers.ts'
import { installOnce, root, run } from './shell.ts'
import { checkSuite } from './suite.ts'

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

/** Runs one suite against the installed package on every runtime that the package supports. */
export async function checkRuntimes(report: Report, consumer: string): Promise<void> {
  await installOnce(home)
  for (const file of files) await cp(join(home, file), join(consumer, file))
  await writeCommonJs(consumer)
  await checkWorkerd(report, consumer)
  await checkWorkerdServer(report, consumer)
  await breakNobleHmac(consumer)
  await checkNode(report, consumer, process.execPath)
  await checkNode(report, consumer, bin('node-22/bin/node'))
  await checkNode(report, consumer, bin('node-20/bin/node'))
  const env = denoEnv(consumer)
  for (const [format, script] of Object.entries(scripts)) {
    await checkSuite(report, `Bun, ${format}`, () =>
      run(bin('bun/bin/bun.exe'), ['--no-install', script], { cwd: consumer }),
    )
    await checkSuite(
      report,
      `Deno, ${format}, ${denoPermissions[format]?.length ? 'reading files' : 'without any permission'}`,
      () =>
        run(bin('deno/deno'), ['run', ...denoFlags, ...(denoPermissions[format] ?? []), script], {
          cwd: consumer,
          env,
        }),
    )
  }
  await checkServers(report, consumer)
}

/** The scripts that start the suite, by format. */
const scripts: Readonly<Record<string, string>> = { 'ES modules': 'main.js', CommonJS: 'main.cjs' }

/** Writes the suite as a CommonJS program. */
async function writeCommonJs(consumer: string): Promise<void> {
  const { code } = await transform(await readFile(join(home, 'smoke.js'), 'utf8'), { format: 'cjs', target: 'es2023' })
  await writeFile(join(consumer, 'smoke.cjs'), code)
  const main = "require('./smoke.cjs').runSuite().then((results) => console.log(JSON.stringify(results)))\n"
  await writeFile(join(consumer, 'main.cjs'), main)
}

/** Sends real requests to the servers of the runtimes. */
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

/** Runs the suite on a version of Node.js: this one, the oldest in `engines`, and Node.js 20, which works without being promised. */
async function checkNode(report: Report, consumer: string, node: string): Promise<void> {
  const { stdout: version } = await run(node, ['--version'])
  for (const [format, script] of Object.entries(scripts)) {
    await checkSuite(report, `Node ${version.trim()}, ${format}`, () => run(node, [script], { cwd: consumer }))
  }
  await report.check('imports every subpath', () => run(node, ['import.js', ...subpaths], { cwd: consumer }))
  // Node.js 20 cannot `require` ES modules, and msw 3 is one.
  const required = version.startsWith('v20') ? subpaths.filter((subpath) => !subpath.endsWith('/msw')) : subpaths
  await report.check('requires every subpath', () => run(node, ['require.cjs', ...required], { cwd: consumer }))
}

const denoFlags = ['--no-prompt', '--no-remote', '--no-lock']
const denoPermissions: Readonly<Record<string, readonly string[]>> = { CommonJS: ['--allow-read'] }

function denoEnv(consumer: string): Record<string, string> {
  return { DENO_DIR: join(consumer, '.deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }
}

/** Bundles a worker as Cloudflare's tools do. */
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

/** Bundles the suite, and runs it without a port. */
async function checkWorkerd(report: Report, consumer: string): Promise<void> {
  const metafile = await bundle('worker', consumer)
  const inputs = Object.keys(metafile.inputs).join('\n')
  await checkSuite(report, 'workerd, without nodejs_compat', () =>
    run(bin('workerd/bin/workerd'), ['test', 'workerd.capnp'], { cwd: consumer }),
  )
  await report.check('uses the HMAC of @noble/hashes and no diagnostics channels', () => {
    assert.match(inputs, /@noble\/hashes/)
    assert.match(inputs, /diagnostics\.none/)
    assert.doesNotMatch(inputs, /(hmac|diagnostics)\.node/)
  })
}

/** Makes loading these files fail, so that a suite that passes uses the HMAC of `node:crypto`. */
async function breakNobleHmac(consumer: string): Promise<void> {
  for (const file of ['esm/internal/hmac.noble.js', 'cjs/hmac.noble.cjs']) {
    const path = join(consumer, 'node_modules/x-account-activity/dist', file)
    await access(path)
    await writeFile(path, "throw new Error('This HMAC is for runtimes without node:crypto.')\n")
  }
}
