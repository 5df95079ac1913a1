import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { emptyFolder, runCli } from './support/run-cli.ts'
import { startEmulator, webhookUrl } from './support/serve-emulator.ts'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** A folder for PATH, in which the program has its name. */
function programFolder(): string {
  const bin = emptyFolder()
  writeFileSync(join(bin, 'x-account-activity'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
  chmodSync(join(bin, 'x-account-activity'), 0o755)
  return bin
}

/** What bash proposes for a command line, whose last word may be empty. */
async function completeInBash(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const bin = programFolder()
  const script = `
    eval "$(x-account-activity completion bash)"
    complete -p x-account-activity >/dev/null || exit 1
    compopt() { :; }
    COMP_WORDS=(x-account-activity "$@")
    COMP_CWORD=$#
    __x_account_activity_complete
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const { spawn } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--norc', '-c', script, 'bash', ...words], {
      cwd: bin,
      env: { PATH: `${bin}:${process.env.PATH}`, HOME: bin, ...env },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text) => {
      stdout += text
    })
    child.stderr.on('data', (text) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', () => {
      if (stderr === '') resolve(stdout.split('\n').filter(Boolean))
      else reject(new Error(stderr))
    })
  })
}

test.skipIf(spawnSync('bash', ['--version']).status !== 0)(
  'bash completes commands, flags, event types and ids',
  async () => {
    const { env } = await startEmulator()
    const { stdout } = await runCli(['webhooks', 'create', webhookUrl, '--json'], { env })
    const { id } = JSON.parse(stdout)
    expect(await completeInBash(['webh'])).toEqual(['webhooks'])
    expect(await completeInBash(['webhooks', ''])).toEqual(['list', 'create', 'validate', 'delete'])
    expect(await completeInBash(['webhooks', 'list', '--api', 'pre'])).toEqual(['premium'])
    expect(await completeInBash(['activity', 'subscriptions', 'add', 'post.m'])).toEqual(['post.mention.create'])
    expect(await completeInBash(['webhooks', 'delete', ''], env)).toEqual(expect.arrayContaining([id]))
    expect(await completeInBash(['webhooks', 'delete', '1'], {})).toEqual([])
  },
)

test.skipIf(spawnSync('zsh', ['--version']).status !== 0)('zsh can read the script', async () => {
  const file = join(emptyFolder(), 'completion.zsh')
  writeFileSync(file, (await runCli(['completion', 'zsh'])).stdout)
  const { status, stderr } = spawnSync('zsh', ['-f', '-n', file], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test.skipIf(spawnSync('fish', ['--version']).status !== 0)('fish completes commands and event types', async () => {
  const bin = programFolder()
  const complete = (line: string) => {
    const script = 'x-account-activity completion fish | source; complete --do-complete $argv[1]'
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script, line], {
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env.PATH}`, HOME: bin },
    })
    expect(stderr).toBe('')
    return stdout.split('\n').flatMap((proposed) => proposed.split('\t')[0] || [])
  }
  expect(complete('x-account-activity webh')).toEqual(['webhooks'])
  expect(complete('x-account-activity trigger tweet_c')).toEqual(['tweet_create'])
})

test('a new shell starts without a network and without credentials', async () => {
  const { code, stderr } = await runCli(['completion', 'powershell'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})
