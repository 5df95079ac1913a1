import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const examples = globSync('examples/*.ts', { cwd: root }).filter((file) => file !== 'examples/page.ts')
const bot = 'examples/reply-bot.ts'

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

it('finds the examples', () => {
  expect(examples.sort()).toEqual(['examples/moving-to-x-activity.ts', 'examples/quickstart.ts', bot])
})

it.each(examples.filter((file) => file !== bot))(
  '%s prints its steps, and that every event was handled once',
  async (file) => {
    const lines = await run(file)
    expect(lines.at(-1)).toMatch(/^\n✔ .*Nothing lost, nothing handled twice\.\n$/)
    expect(process.exitCode).toBe(0)
    expect(lines.length).toBeGreaterThan(40)
  },
)

it('the bot answers mentions, messages and followers once, and never itself', async () => {
  const lines = await run(bot)
  expect(lines.at(-1)).toMatch(/^\n✔ .*Answered everyone once, and never itself\.\n$/)
  expect(process.exitCode).toBe(0)
})

/** Runs an example, and returns the lines that it prints. */
async function run(file: string): Promise<string[]> {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text))
  await import(/* @vite-ignore */ `${root}${file}`)
  return lines
}
