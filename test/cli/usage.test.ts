import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { runCli } from './support/run-cli.ts'

test('--version prints the version', async () => {
  expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' })
})

test('an unknown command ends with 2 and names a similar one', async () => {
  const { code, stdout, stderr } = await runCli(['crk'])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(
    'error: There is no command "crk". Did you mean "crc"?\n' +
      'Run "x-account-activity <command> --help" for its flags and examples.\n',
  )
})

test('with --json, an error is one line of JSON on standard error', async () => {
  const unknown = await runCli(['crk', '--json'])
  expect({ code: unknown.code, stdout: unknown.stdout }).toEqual({ code: 2, stdout: '' })
  expect(JSON.parse(unknown.stderr)).toMatchObject({ error: { code: 'usage' } })
  const missing = await runCli(['crc', 'abc', '--json'])
  expect({ code: missing.code, lines: missing.stderr.trimEnd().split('\n').length }).toEqual({ code: 4, lines: 1 })
  expect(JSON.parse(missing.stderr)).toMatchObject({ error: { code: 'credentials_missing', hint: expect.any(String) } })
})
