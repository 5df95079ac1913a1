import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import type { Report } from './report.ts'
import { npm, run } from './shell.ts'

/** Runs the command line of the installed package, as `npx` starts it. */
export async function checkCommandLine(report: Report, consumer: string): Promise<void> {
  report.section('The command line')
  const npx = (...args: readonly string[]) => npm(['exec', '--no', '--', manifest.name, ...args], consumer)

  await report.check('npx starts it', async () => {
    assert.equal((await npx('--version')).stdout, `${manifest.version}\n`)
    assert.match((await npx('--help')).stdout, /^COMMANDS$/m)
  })

  await report.check('uses the package that it is a part of', async () => {
    const env = { X_CONSUMER_SECRET: 'consumer-secret' }
    const { stdout } = await run(process.execPath, [join('node_modules/.bin', manifest.name), 'crc', 'challenge'], {
      cwd: consumer,
      env,
    })
    // echo -n challenge | openssl dgst -sha256 -hmac consumer-secret -binary | base64
    assert.deepEqual(JSON.parse(stdout), { response_token: 'sha256=2RUZDVKjSpEV/C/r9ivMsVZJ4DFPAawjJFQQzY+6ba4=' })
  })

  await report.check('starts without a network', async () => {
    // Looking up a name or opening a connection ends the process.
    const offline = `data:text/javascript,${encodeURIComponent(noNetwork)}`
    const program = join('node_modules', manifest.name, 'dist/cli/main.js')
    for (const args of [['--help'], ['--version'], ['sign', '--help']]) {
      await run(process.execPath, ['--import', offline, program, ...args], { cwd: consumer })
    }
  })

  await report.check('contains the licenses of the packages that it contains', async () => {
    const text = await readFile(join(consumer, 'node_modules', manifest.name, 'dist/cli/LICENSES.txt'), 'utf8')
    for (const name of ['@stricli/core', '@clack/prompts']) assert.match(text, new RegExp(`^${name}$`, 'm'))
  })
}

const noNetwork = `
import dns from 'node:dns'
import net from 'node:net'
const refuse = () => process.exit(9)
dns.lookup = refuse
net.Socket.prototype.connect = refuse
`
