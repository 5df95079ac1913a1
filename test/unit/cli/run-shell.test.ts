import { expect, it } from 'vitest'
import { runShell, type ShellProcess } from '../../../src/cli/run-shell.ts'

const kill: ShellProcess['kill'] = (pid, signal) => void process.kill(pid, signal)
const options = {
  cwd: '/',
  env: { PATH: process.env.PATH },
  signal: new AbortController().signal,
  kill,
  onExit: () => () => undefined,
}

it.each([0, 1, 7, 255])('resolves to the exit code %i', async (code) => {
  expect(await runShell(`exit ${code}`, options)).toBe(code)
})

it('resolves to 128 and the number of the signal that ended the shell', async () => {
  // Signal 9 is SIGKILL: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/kill.html
  expect(await runShell('kill -9 $$', options)).toBe(137)
})

it('passes only the given environment', async () => {
  const env = { ...options.env, A: 'x', B: undefined }
  expect(await runShell('test "$A" = x && test -z "$B" && test -z "$HOME"', { ...options, env })).toBe(0)
})

it('ends the shell and its children when the signal fires', async () => {
  const interrupted = new AbortController()
  const running = runShell('sleep 600 & sleep 600; true', { ...options, signal: interrupted.signal })
  interrupted.abort()
  expect(await running).toBeGreaterThan(128)
})

it('ends immediately when the signal has fired before', async () => {
  expect(await runShell('sleep 600', { ...options, signal: AbortSignal.abort() })).toBeGreaterThan(128)
})

it('kills the shell when this process exits', async () => {
  let end = () => {}
  const onExit = (onEnd: () => void) => {
    end = onEnd
    return () => undefined
  }
  const running = runShell('sleep 600', { ...options, onExit })
  end()
  expect(await running).toBe(137)
})

it('refuses an empty command', async () => {
  await expect(runShell(' ', options)).rejects.toMatchObject({
    code: 'usage',
    message: 'The command of --exec is empty.',
  })
})
