/**
 * Draws recorded runs of the command line for README and guides: `npm run docs:images`. What an image shows was printed
 * by the command that it names.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../source.ts'
import { type Recording, record, start } from './record.ts'
import { renderTerminal } from './render-terminal.ts'

const images = join(root, 'docs/images')
await mkdir(images, { recursive: true })
const folder = await mkdtemp(join(tmpdir(), 'x-account-activity-images-'))

async function draw(name: string, recording: Recording): Promise<void> {
  const { command } = recording
  const output = await record(recording, folder)
  await writeFile(join(images, `${name}.svg`), renderTerminal({ command, output: shorten(output, recording) }))
  console.log(`docs/images/${name}.svg`)
}

/** Leaves out lines in the middle of long output, and says so. */
function shorten(output: string, { mostLines = Number.POSITIVE_INFINITY }: Recording): string {
  const lines = output.trimEnd().split('\n')
  if (lines.length <= mostLines) return lines.join('\n')
  const half = Math.floor(mostLines / 2)
  return [...lines.slice(0, half), '…', ...lines.slice(-half)].join('\n')
}

const cli = join(root, 'dist/cli/main.js')

await draw('dev', {
  command: 'npx x-account-activity dev',
  args: [cli, 'dev'],
  until: /message {5}@bob.*\n.*\n/,
})

// X, with a webhook that has two subscriptions, for the commands that need one.
const platform = start({ command: 'npx x-account-activity dev', args: [cli, 'dev'] }, folder)
const env = Object.fromEntries(
  [...(await platform.printed(/ready /)).matchAll(/^(X_\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
)
await draw('doctor', {
  command: 'npx x-account-activity doctor http://127.0.0.1:4001/webhook',
  args: [cli, 'doctor', 'http://127.0.0.1:4001/webhook'],
  env,
})
await draw('replay', {
  command: 'npx x-account-activity replay --from "3h ago" --to "1h ago" --wait',
  args: [cli, 'replay', '--from', '3h ago', '--to', '1h ago', '--wait'],
  env,
})
await platform.stop()

await draw('demo', { command: 'npm run demo', args: [join(root, 'examples/quickstart.ts')], mostLines: 40 })
await rm(folder, { recursive: true, force: true })
