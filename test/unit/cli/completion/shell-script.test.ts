import { expect, test } from 'vitest'
import { runCommand } from '../../../support/run-command.ts'

test.each(['bash', 'zsh', 'fish', 'powershell'])('the script for %s asks the program', async (shell) => {
  const { code, stdout, stderr } = await runCommand(['completion', shell])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/x-account-activity complete -- |x-account-activity['"]? complete|complete.*--/)
})

test('another shell is refused', async () => {
  expect(await runCommand(['completion', 'tcsh'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Use one of: bash, zsh, fish, powershell.'),
  })
})
