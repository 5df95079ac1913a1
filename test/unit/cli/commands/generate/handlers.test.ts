import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTree } from '../../../../support/read-tree.ts'
import { runCommand } from '../../../../support/run-command.ts'
import { tempFolder } from '../../../../support/temp-folder.ts'

const flags = ['--framework', 'node', '--api', 'both', '--events', 'mention, message']
const command = ['generate', 'handlers', ...flags, '--out', 'src/x']

test('prints what was written, and how to test and start it', async () => {
  const cwd = tempFolder()
  expect(await runCommand(command, { cwd })).toEqual({
    code: 0,
    stdout: `create  README.md
create  .env.example
create  handlers/mention.ts
create  handlers/message.ts
create  dispatch.ts
create  receiver.ts
create  server.ts
create  handlers.test.ts
`,
    stderr: `
Test it:  node --test src/x/handlers.test.ts
Start it: node --env-file-if-exists=src/x/.env src/x/server.ts
`,
  })
})

test('with --json, prints one object', async () => {
  const { code, stdout } = await runCommand([...command, '--json', '--dry-run', '--quiet'], { cwd: tempFolder() })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
    {
      "dryRun": true,
      "files": [
        {
          "action": "create",
          "path": "README.md",
        },
        {
          "action": "create",
          "path": ".env.example",
        },
        {
          "action": "create",
          "path": "handlers/mention.ts",
        },
        {
          "action": "create",
          "path": "handlers/message.ts",
        },
        {
          "action": "create",
          "path": "dispatch.ts",
        },
        {
          "action": "create",
          "path": "receiver.ts",
        },
        {
          "action": "create",
          "path": "server.ts",
        },
        {
          "action": "create",
          "path": "handlers.test.ts",
        },
      ],
      "out": "src/x",
      "start": "node --env-file-if-exists=src/x/.env src/x/server.ts",
      "test": "node --test src/x/handlers.test.ts",
    }
  `)
})

test('--dry-run writes nothing', async () => {
  const cwd = tempFolder()
  const { code, stderr } = await runCommand([...command, '--dry-run'], { cwd })
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Nothing was written (--dry-run).\n' })
  expect(await readTree(cwd)).toEqual({})
})

test('without a terminal, a missing flag ends with 2', async () => {
  const { code, stdout, stderr } = await runCommand(['generate', 'handlers', ...flags], { cwd: tempFolder() })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(
    'error: The flag --out is missing.\nRun "x-account-activity generate handlers --help" for the flags.\n',
  )
})

test('in a terminal, what is missing is asked for', async () => {
  const cwd = tempFolder()
  const { code } = await runCommand(['generate', 'handlers'], {
    cwd,
    isInteractive: true,
    prompts: {
      select: async (_, [first]) => first?.value as never,
      selectSeveral: async () => ['follow'],
      text: async () => 'here',
    },
  })
  expect(code).toBe(0)
  expect(Object.keys(await readTree(join(cwd, 'here')))).toContain('handlers/follow.ts')
})

async function changedProject(): Promise<string> {
  const cwd = tempFolder()
  await runCommand(command, { cwd })
  await writeFile(join(cwd, 'src/x/receiver.ts'), '// mine\n')
  return cwd
}

test('a changed file is shown as a diff, and the run ends with 2 and names the flags', async () => {
  const cwd = await changedProject()
  const { code, stdout, stderr } = await runCommand(command, { cwd })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('--- receiver.ts\tyours\n+++ receiver.ts\tgenerated\n'.replaceAll('\t', ' '))
  expect(stderr).toContain('\n-// mine\n+import { createReceiver')
  expect(stderr).toMatch(/error: Nothing was written, .* receiver\.ts\.\nPass --skip-existing .*--overwrite.*\n$/)
  expect(await readFile(join(cwd, 'src/x/receiver.ts'), 'utf8')).toBe('// mine\n')
})

test.each([
  ['--skip-existing', 'skip', true],
  ['--overwrite', 'overwrite', false],
])('%s decides about changed files, after the diff is shown', async (flag, action, isKept) => {
  const cwd = await changedProject()
  const { code, stdout, stderr } = await runCommand([...command, flag], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(new RegExp(`^${action} +receiver\\.ts$`, 'm'))
  expect(stderr).toContain('\n-// mine\n')
  expect((await readFile(join(cwd, 'src/x/receiver.ts'), 'utf8')) === '// mine\n').toBe(isKept)
})

test('with --json, the diff is a part of the object, and an error is one line', async () => {
  const cwd = await changedProject()
  const { stdout, stderr } = await runCommand([...command, '--overwrite', '--json', '--quiet'], { cwd })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout).files).toContainEqual({
    path: 'receiver.ts',
    action: 'overwrite',
    diff: expect.stringContaining('\n-// mine\n+import { createReceiver'),
  })
  await writeFile(join(cwd, 'src/x/receiver.ts'), '// mine\n')
  const refused = await runCommand([...command, '--json'], { cwd })
  expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' })
  expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'file_changed' } })
})

test('both flags are refused', async () => {
  const { code, stderr } = await runCommand([...command, '--skip-existing', '--overwrite'], { cwd: tempFolder() })
  expect(code).toBe(2)
  expect(stderr).toContain('The flags --skip-existing and --overwrite exclude each other.')
})

test('in a terminal, each changed file is asked about', async () => {
  const cwd = await changedProject()
  const asked: string[] = []
  const { code } = await runCommand(command, {
    cwd,
    isInteractive: true,
    prompts: {
      select: async (question, choices) => {
        asked.push(question)
        return choices.find(({ value }) => value === 'overwrite')?.value as never
      },
    },
  })
  expect(code).toBe(0)
  expect(asked).toEqual(['receiver.ts is not as it was generated. What to do?'])
  expect(await readFile(join(cwd, 'src/x/receiver.ts'), 'utf8')).not.toBe('// mine\n')
})
