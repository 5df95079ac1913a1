import { expect, test } from 'vitest'
import type { Prompts } from '../../../../../src/cli/cli-context.ts'
import { type GenerateFlags, readFlags } from '../../../../../src/cli/generate/run/read-flags.ts'

const whole: GenerateFlags = { framework: 'koa', api: 'both', events: ['mention'], out: 'src/x' }

function read(flags: GenerateFlags, prompts?: Prompts) {
  return readFlags(flags, { cwd: '/app', readText: async () => undefined, prompts })
}

test('without a terminal, the flags decide, and the rest has defaults', async () => {
  expect(await read(whole)).toMatchObject({
    folder: '/app/src/x',
    options: {
      framework: 'koa',
      api: 'both',
      events: ['mention'],
      store: 'memory',
      tests: 'node',
      language: 'typescript',
    },
  })
})

test.each(['framework', 'api', 'events', 'out'] as const)(
  'without a terminal, a missing --%s is named',
  async (flag) => {
    await expect(read({ ...whole, [flag]: undefined })).rejects.toMatchObject({
      name: 'CliError',
      exitCode: 2,
      message: `The flag --${flag} is missing.`,
    })
  },
)

test('in a terminal, what is missing is asked for', async () => {
  const asked: string[] = []
  const prompts: Prompts = {
    confirm: async () => false,
    select: async (message, choices) => {
      asked.push(message)
      const choice = choices.at(-1)
      if (choice === undefined) throw new Error('There is nothing to choose.')
      return choice.value
    },
    selectSeveral: async (message, choices) => {
      asked.push(message)
      return choices.slice(1, 3).map(({ value }) => value)
    },
    text: async (message, initial = '') => {
      asked.push(message)
      return initial
    },
  }
  expect(await read({}, prompts)).toMatchObject({
    folder: '/app/src/webhook',
    options: { framework: 'lambda', api: 'both', events: ['mention', 'reply'] },
  })
  expect(asked).toEqual(['Which framework?', 'Which API delivers the events?', 'Which events?', 'Into which folder?'])
  asked.length = 0
  await read({ ...whole, api: undefined }, prompts)
  expect(asked).toEqual(['Which API delivers the events?'])
})
