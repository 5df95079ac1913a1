import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { eventNames } from '../../../../../src/cli/generate/event-names.ts'
import { apis, type GenerateOptions } from '../../../../../src/cli/generate/options.ts'
import { generate } from '../../../../support/generated-code.ts'
import { tempFolder } from '../../../../support/temp-folder.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const execute = promisify(execFile)

/** Runs the generated tests of all APIs, each with every event that it has. */
const everything = apis.map((api) => {
  const kinds = eventNames('both')
  return { api, events: api === 'both' ? kinds : eventNames(api).filter((name) => !isSecondName(name, api)) }
})

/** With one API, a kind of activity and its type of event are two names of one handler. */
function isSecondName(name: string, api: string): boolean {
  return api === 'activity' ? !name.includes('.') : /^(tweet_|favorite|user_revoke|direct_m)/.test(name)
}

for (const language of ['typescript', 'javascript'] as const) {
  test(`the generated tests pass in node:test, in ${language}`, async () => {
    const folder = await writeProject({ language, tests: 'node' })
    const ending = language === 'typescript' ? 'ts' : 'js'
    const args = ['--import', `${root}test/support/source-hooks.ts`, '--test', `**/handlers.test.${ending}`]
    const { stdout } = await execute(process.execPath, args, { cwd: folder, env: cleanEnv() })
    // Each API has a test for each event, in each delivery, and one for a forgery.
    expect(stdout).toMatch(/^(?:ℹ|#) fail 0$/m)
    expect(passed(stdout)).toBe(34 + 1 + 18 + 1 + 45 + 1)
  })
}

test('the generated tests pass in vitest', async () => {
  const folder = await writeProject({ language: 'typescript', tests: 'vitest' })
  const config = `import base from ${JSON.stringify(`${root}vitest.config.ts`)}
export default { resolve: base.resolve, test: { include: ['**/handlers.test.ts'] } }`
  await writeFile(join(folder, 'vitest.config.ts'), config)
  const args = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--reporter=json', '--outputFile=result.json']
  await execute(process.execPath, args, { cwd: folder, env: cleanEnv() })
  expect(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'))).toMatchObject({
    success: true,
    numPassedTests: 34 + 1 + 18 + 1 + 45 + 1,
  })
})

function passed(output: string): number {
  return Number(/^(?:ℹ|#) pass (\d+)$/m.exec(output)?.[1])
}

/** Without what vitest sets for its own processes. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_|TEST)/.test(name)))
}

async function writeProject(options: Partial<GenerateOptions>): Promise<string> {
  const folder = tempFolder()
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await symlink(`${root}node_modules`, join(folder, 'node_modules'))
  for (const { api, events } of everything) {
    for (const [path, text] of generate({ ...options, api, events })) {
      const file = join(folder, api, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    }
  }
  return folder
}
