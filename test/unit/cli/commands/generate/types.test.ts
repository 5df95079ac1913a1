import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildDelivery } from '../../../../../src/testing/build-delivery.ts'
import { readTree } from '../../../../support/read-tree.ts'
import { runCommand } from '../../../../support/run-command.ts'
import { tempFolder } from '../../../../support/temp-folder.ts'

const handler = `import type { EventOf } from 'x-account-activity/events'
import type { Handler } from 'x-account-activity/receiver'

/** The account followed a user (\`outgoing\`), or was followed (\`incoming\`). */
export const onFollow: Handler<EventOf<'follow'>> = (event) => {
  console.log(\`User \${event.sourceId} followed user \${event.targetId}\`)
}
`

async function savedDelivery(value: object = buildDelivery('follow')): Promise<string> {
  const cwd = tempFolder()
  await writeFile(join(cwd, 'delivery.json'), JSON.stringify(value))
  return cwd
}

test('prints a typed handler', async () => {
  const cwd = await savedDelivery()
  expect(await runCommand(['generate', 'types', '--from', 'delivery.json'], { cwd })).toEqual({
    code: 0,
    stdout: handler,
    stderr: '',
  })
})

test('reads standard input, and an object that has the body as text', async () => {
  const stdin = JSON.stringify({ headers: {}, body: JSON.stringify(buildDelivery('follow')) })
  const { stdout } = await runCommand(['generate', 'types', '--from', '-', '--json'], { cwd: tempFolder(), stdin })
  expect(JSON.parse(stdout)).toEqual({ files: [{ path: 'follow.ts', text: handler }] })
})

test('with --out, writes a file, and does not touch it when it was changed', async () => {
  const cwd = await savedDelivery()
  const command = ['generate', 'types', '--from', 'delivery.json', '--out', 'src/handlers']
  expect((await runCommand([...command, '--dry-run'], { cwd })).stdout).toBe('create  follow.ts\n')
  expect(Object.keys(await readTree(cwd))).toEqual(['delivery.json'])
  expect((await runCommand(command, { cwd })).stdout).toBe('create  follow.ts\n')
  expect((await readTree(cwd))['src/handlers/follow.ts']).toBe(handler)
  expect((await runCommand(command, { cwd })).stdout).toBe('unchanged  follow.ts\n')
  await writeFile(join(cwd, 'src/handlers/follow.ts'), 'mine')
  expect((await runCommand(command, { cwd })).code).toBe(2)
  expect((await readTree(cwd))['src/handlers/follow.ts']).toBe('mine')
  expect((await runCommand([...command, '--overwrite'], { cwd })).stdout).toBe('overwrite  follow.ts\n')
})

test.each([
  ['no JSON', 1],
  ['"text"', 1],
  ['[]', 1],
])('%s is refused', async (stdin, exitCode) => {
  const { code, stdout, stderr } = await runCommand(['generate', 'types', '--from', '-'], { cwd: tempFolder(), stdin })
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' })
  expect(stderr).toMatch(/^error: .* is not a delivery: /)
})

test('a delivery without events is refused', async () => {
  const cwd = await savedDelivery({ for_user_id: '1', follow_events: [] })
  const { code, stderr } = await runCommand(['generate', 'types', '--from', 'delivery.json'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toContain('The delivery in delivery.json has no events.')
})
