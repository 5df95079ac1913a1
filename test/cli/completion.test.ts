import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { emptyFolder, runCli } from './support/run-cli.ts'
import { startEmulator, webhookUrl } from './support/serve-emulator.ts'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** What bash proposes for a command line, whose last word may be empty. */
async function completeInBash(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const bin = emptyFolder()
  writeFileSync(join(bin, 'x-account-activity'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
  chmodSync(join(bin, 'x-account-activity'), 0o755)
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

test.each(['zsh', 'fish'])('%s accepts the script, where it is installed', async (shell) => {
  const { stdout } = await runCli(['completion', shell])
  expect(stdout).toMatch(/x-account-activity/)
  const { error, status, stderr } = spawnSync(shell, ['--no-execute'], { input: stdout, encoding: 'utf8' })
  if (error === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('a new shell starts without a network and without credentials', async () => {
  const { code, stderr } = await runCli(['completion', 'powershell'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})
