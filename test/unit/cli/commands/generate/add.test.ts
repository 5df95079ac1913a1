import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand } from '../../../../support/run-command.ts'
import { tempFolder } from '../../../../support/temp-folder.ts'

async function generated(): Promise<string> {
  const cwd = tempFolder()
  const flags = ['--framework', 'hono', '--api', 'both', '--events', 'follow', '--language', 'javascript', '--out', 'x']
  await runCommand(['generate', 'handlers', ...flags], { cwd })
  return cwd
}

test('adds an event to a generated folder', async () => {
  const cwd = await generated()
  const { code, stdout } = await runCommand(['generate', 'add', 'like', '--out', 'x'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^create +handlers\/like\.mjs$/m)
  expect(await readFile(join(cwd, 'x/dispatch.mjs'), 'utf8')).toContain("case 'like':")
})

test('a file of the user with that name is left, and the run ends with 3', async () => {
  const cwd = await generated()
  await writeFile(join(cwd, 'x/handlers/like.mjs'), 'mine')
  const { code, stderr } = await runCommand(['generate', 'add', 'like', '--out', 'x'], { cwd })
  expect(code).toBe(3)
  expect(stderr).toContain('warning: handlers/like.mjs is yours, and has the name of a generated file. It was left.\n')
})

test('an unknown event ends with 2 and lists the known ones', async () => {
  const { code, stderr } = await runCommand(['generate', 'add', 'tweet', '--out', 'x'], { cwd: await generated() })
  expect(code).toBe(2)
  expect(stderr).toMatch(
    /^error: The event "tweet" does not exist\.\nWith --api both, --events accepts post, mention, .*revoke\.\n$/,
  )
})
