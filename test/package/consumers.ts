import assert from 'node:assert/strict'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import type { Report } from './report.ts'
import { root, run, runBin } from './shell.ts'

/** What a user writes after `import`: `x-account-activity/webhook`. */
export const subpaths: readonly string[] = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => manifest.name + subpath.slice('.'.length))

/** Uses the installed package as programs do: by `import`, by `require`, and in TypeScript. */
export async function checkConsumers(report: Report, consumer: string): Promise<void> {
  await cp(`${root}test/package/fixtures`, consumer, { recursive: true })
  await checkJavaScript(report, consumer)
  await checkTypeScript(report, consumer)
}

async function checkJavaScript(report: Report, consumer: string): Promise<void> {
  report.section(`JavaScript, on Node ${process.version}`)
  const imported = await exportedNames('import.js', consumer)
  const required = await exportedNames('require.cjs', consumer)
  for (const subpath of subpaths) {
    await report.check(`import '${subpath}'`, () => {
      assert.ok(imported[subpath]?.length, 'exports nothing')
      assert.ok(!imported[subpath].includes('default'), 'has a default export')
    })
    await report.check(`require('${subpath}')`, () => assert.deepEqual(required[subpath], imported[subpath]))
  }
  await report.check('import and require give the same classes, through every door', async () => {
    await run(process.execPath, ['identity.cjs'], { cwd: consumer })
  })
}

async function exportedNames(script: string, consumer: string): Promise<Record<string, string[]>> {
  const { stdout, stderr } = await run(process.execPath, [script, ...subpaths], { cwd: consumer })
  assert.equal(stderr, '', `${script} warns`)
  return JSON.parse(stdout) as Record<string, string[]>
}

/** With `skipLibCheck` off, TypeScript reads every declaration of ours, and of what ours import. */
const strict = {
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'ES2023',
  typeRoots: [`${root}node_modules/@types`],
}

const web = ['ES2023', 'DOM', 'DOM.Iterable']
const bundler = { module: 'preserve', moduleResolution: 'bundler' }
const all = ['every-subpath.ts', 'consumer.ts', 'node-consumer.ts']

const programs = [
  { name: 'nodenext', options: { module: 'nodenext', types: ['node'], lib: web }, files: [...all, 'required.cts'] },
  {
    name: 'nodenext, without the types of the DOM',
    options: { module: 'nodenext', types: ['node'], lib: ['ES2023'] },
    files: ['every-subpath-without-dom.ts', 'consumer.ts', 'node-consumer.ts'],
  },
  { name: 'bundler', options: { ...bundler, types: ['node'], lib: web }, files: all },
  { name: 'bundler, without the types of Node', options: { ...bundler, types: [], lib: web }, files: ['consumer.ts'] },
]

async function checkTypeScript(report: Report, consumer: string): Promise<void> {
  report.section('TypeScript, strict, without skipLibCheck')
  await writeFile(join(consumer, 'every-subpath.ts'), everySubpath(subpaths))
  // The types of msw itself need those of the DOM.
  const withoutDom = subpaths.filter((subpath) => !subpath.endsWith('/msw'))
  await writeFile(join(consumer, 'every-subpath-without-dom.ts'), everySubpath(withoutDom))
  for (const { name, options, files } of programs) await report.check(name, () => compile(consumer, options, files))
}

function everySubpath(names: readonly string[]): string {
  return names.map((name, index) => `export * as door${index} from '${name}'\n`).join('')
}

async function compile(consumer: string, options: object, files: readonly string[]): Promise<void> {
  const project = join(consumer, 'tsconfig.json')
  await writeFile(project, JSON.stringify({ compilerOptions: { ...strict, ...options }, files }))
  await runBin('typescript/bin/tsc', ['--project', project])
}
