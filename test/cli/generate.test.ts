import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readTree } from '../support/read-tree.ts'
import { emptyFolder, runCli, startCli } from './support/run-cli.ts'

const flags = ['--framework', 'express', '--api', 'both', '--events', 'mention,message,follow', '--out', 'src/x']
const command = ['generate', 'handlers', ...flags]

/** The tree that a run to the end writes. */
async function wholeTree(args: readonly string[] = command): Promise<Record<string, string>> {
  const cwd = emptyFolder()
  expect(await runCli(args, { cwd })).toMatchObject({ code: 0 })
  return readTree(cwd)
}

test('generates, and generates the same again', async () => {
  const cwd = emptyFolder()
  const { code, stdout } = await runCli(command, { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('create  handlers/mention.ts\n')
  const tree = await readTree(cwd)
  expect(Object.keys(tree).every((path) => path.startsWith('src/x/'))).toBe(true)
  expect((await runCli(command, { cwd })).stdout).not.toMatch(/create|update/)
  expect(await readTree(cwd)).toEqual(tree)
})

test('adds an event, updates, and reads a saved delivery', async () => {
  const cwd = emptyFolder()
  await runCli(command, { cwd })
  expect(await runCli(['generate', 'add', 'like', '--out', 'src/x'], { cwd })).toMatchObject({ code: 0, stderr: '' })
  const updated = await runCli(['generate', 'update', '--out', 'src/x', '--json'], { cwd })
  expect(JSON.parse(updated.stdout)).toMatchObject({ out: 'src/x', from: 1, to: 1 })
  writeFileSync(join(cwd, 'saved.json'), '{"for_user_id":"1","spaces_events":[{"id":"2"}]}')
  const { stdout } = await runCli(['generate', 'types', '--from', 'saved.json'], { cwd })
  expect(stdout).toContain('export type SpacesEventsPayload = {\n  readonly id: string\n}\n')
})

test('killed at any moment, a new folder is whole or does not exist', async () => {
  const whole = await wholeTree()
  const outcomes = new Set<string>()
  for (let delay = 40; delay < 400 && outcomes.size < 2; delay += 15) {
    const cwd = emptyFolder()
    await killAfter(delay, command, cwd)
    const isThere = readdirSync(cwd).includes('src')
    outcomes.add(isThere ? 'whole' : 'absent')
    if (isThere) expect(await readTree(cwd)).toEqual(whole)
    // What is left beside it is removed by the next run.
    expect(await runCli(command, { cwd })).toMatchObject({ code: 0 })
    expect(await readTree(cwd)).toEqual(whole)
    rmSync(cwd, { recursive: true })
  }
})

test('killed at any moment, the next run in a folder that exists gives what a whole run gives', async () => {
  const other = command.map((word) => (word === 'express' ? 'koa' : word))
  const whole = await wholeTree(other)
  for (let delay = 40; delay < 340; delay += 60) {
    const cwd = emptyFolder()
    await runCli(command, { cwd })
    await killAfter(delay, other, cwd)
    expect(await runCli(other, { cwd })).toMatchObject({ code: 0 })
    expect(await readTree(cwd)).toEqual(whole)
  }
})

async function killAfter(ms: number, args: readonly string[], cwd: string): Promise<void> {
  const cli = startCli(args, { cwd })
  await setTimeout(ms)
  await cli.stop('SIGKILL')
}
