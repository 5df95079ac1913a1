import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordOf } from '../../../../../src/cli/generate/disk/manifest.ts'
import { readTree } from '../../../../support/read-tree.ts'
import { runCommand } from '../../../../support/run-command.ts'
import { tempFolder } from '../../../../support/temp-folder.ts'

/** A folder `x` that was generated. In `receiver.ts`, an older template had other words, which the user changed. */
async function generated(isConflict = false): Promise<string> {
  const cwd = tempFolder()
  const flags = ['--framework', 'koa', '--api', 'activity', '--events', 'follow', '--out', 'x']
  await runCommand(['generate', 'handlers', ...flags], { cwd })
  if (!isConflict) return cwd
  const older = (await readFile(join(cwd, 'x/receiver.ts'), 'utf8')).replace('Creates the receiver.', 'Makes it.')
  const manifest = JSON.parse(await readFile(join(cwd, 'x/.x-account-activity.json'), 'utf8'))
  manifest.files['receiver.ts'] = recordOf(older)
  await writeFile(join(cwd, 'x/.x-account-activity.json'), JSON.stringify(manifest))
  await writeFile(join(cwd, 'x/receiver.ts'), older.replace('Makes it.', 'Our own.'))
  return cwd
}

test('without changes of the templates, says so for each file', async () => {
  const { code, stdout } = await runCommand(['generate', 'update', '--out', 'x', '--json'], { cwd: await generated() })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchInlineSnapshot(`
    {
      "dryRun": false,
      "files": [
        {
          "action": "unchanged",
          "path": "README.md",
        },
        {
          "action": "unchanged",
          "path": ".env.example",
        },
        {
          "action": "unchanged",
          "path": "handlers/follow.ts",
        },
        {
          "action": "unchanged",
          "path": "dispatch.ts",
        },
        {
          "action": "unchanged",
          "path": "receiver.ts",
        },
        {
          "action": "unchanged",
          "path": "server.ts",
        },
        {
          "action": "unchanged",
          "path": "handlers.test.ts",
        },
      ],
      "from": 1,
      "out": "x",
      "to": 1,
    }
  `)
})

test('a conflict is marked, shown and reported, and ends with 3', async () => {
  const cwd = await generated(true)
  const { code, stdout, stderr } = await runCommand(['generate', 'update', '--out', 'x'], { cwd })
  expect(code).toBe(3)
  expect(stdout).toMatch(/^conflict +receiver\.ts$/m)
  expect(stderr).toContain('\n+<<<<<<< yours\n')
  expect(stderr).toContain('warning: receiver.ts has conflicts. They are marked with "<<<<<<<": decide each of them.\n')
  expect(await readFile(join(cwd, 'x/receiver.ts'), 'utf8')).toContain('>>>>>>> generated\n')
})

test('--dry-run shows the merge and writes nothing', async () => {
  const cwd = await generated(true)
  const tree = await readTree(cwd)
  const { code, stderr } = await runCommand(['generate', 'update', '--out', 'x', '--dry-run'], { cwd })
  expect(code).toBe(3)
  expect(stderr).toContain('Nothing was written (--dry-run).')
  expect(await readTree(cwd)).toEqual(tree)
})

test('a folder that was not generated ends with 1', async () => {
  const { code, stderr } = await runCommand(['generate', 'update'], { cwd: tempFolder() })
  expect(code).toBe(1)
  expect(stderr).toContain('has no handlers that were generated.\nName the folder with --out,')
})
