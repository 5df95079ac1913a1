/**
 * Draws recorded runs of the command line for README and guides: `npm run docs:images`. What an image shows was printed
 * by the command that it names.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../source.ts'
import { renderTerminal } from './render-terminal.ts'

interface Recording {
  /** The name of the file in `docs/images`. */
  readonly name: string
  /** The command line as a reader would type it. */
  readonly shown: string
  /** The arguments of Node.js. */
  readonly args: readonly string[]
  /** A command that goes on is ended when it has printed this. */
  readonly until?: RegExp
}

const program = join(root, 'dist/cli/main.js')

const recordings: readonly Recording[] = []

for (const { name, shown, args, until } of recordings) {
  const output = await record(args, until)
  await writeFile(join(root, 'docs/images', `${name}.svg`), renderTerminal({ command: shown, output }))
  console.log(`docs/images/${name}.svg`)
}

/** Runs a command in an empty folder, and resolves to what it prints. */
async function record(args: readonly string[], until: RegExp | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'x-account-activity-image-'))
  const child = spawn(process.execPath, [...args], { cwd: folder, env: { PATH: process.env.PATH, FORCE_COLOR: '1', TZ: 'UTC' } })
  let output = ''
  const append = (chunk: Buffer) => {
    output += chunk
    if (until?.test(output)) child.kill('SIGINT')
  }
  child.stdout.on('data', append)
  child.stderr.on('data', append)
  await new Promise((resolve) => child.on('close', resolve))
  await rm(folder, { recursive: true, force: true })
  return output
}

void program
