import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { Report } from './report.ts'
import { root, runBin } from './shell.ts'
import type { Tarball } from './tarball.ts'

const papers = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']
const built = /^dist\/[\w./-]+\.(js|d\.ts)$/

/** What is in the tarball, and what the linters of packages say about it. */
export async function checkContents(report: Report, tarball: Tarball, consumer: string): Promise<void> {
  const installed = join(consumer, 'node_modules/x-account-activity')
  report.section('The tarball')

  await report.check('holds the build, the manifest and the papers, and nothing else', () => {
    assertNone(tarball.files.filter((file) => !built.test(file) && !papers.includes(file)))
    assertNone(papers.filter((paper) => !tarball.files.includes(paper)))
  })

  await report.check('has types beside each door', async () => {
    const doors = tarball.files.filter((file) => /^dist\/entries\/.*\.js$/.test(file))
    assert.ok(doors.length >= 10, `only ${doors.length} doors`)
    assertNone(doors.filter((door) => !tarball.files.includes(door.replace(/js$/, 'd.ts'))))
  })

  await report.check('declares no type by way of #hmac, #diagnostics or src', async () => {
    for (const file of tarball.files.filter((name) => name.endsWith('.d.ts'))) {
      assert.doesNotMatch(
        await readFile(join(installed, file), 'utf8'),
        /#hmac|#diagnostics|\/src\/|from '[^']+\.ts'/,
        file,
      )
    }
  })

  await report.check('satisfies publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, strict: true, pack: false })
    assertNone(messages.map((message) => formatMessage(message, pkg, { color: false })))
  })

  await report.check('satisfies Are The Types Wrong', async () => {
    const attw = '@arethetypeswrong/cli/dist/index.js'
    await runBin(attw, [tarball.path, '--profile', 'esm-only', '--no-definitely-typed', '--no-color', '--no-emoji'])
  })
}

/** The lock file has to serve every machine, not only the one that wrote it. */
export async function checkLockFiles(report: Report): Promise<void> {
  report.section('The lock files')
  for (const file of ['package-lock.json', 'test/conformance/package-lock.json', 'test/runtimes/package-lock.json']) {
    const lock = JSON.parse(await readFile(join(root, file), 'utf8')) as Lock
    await report.check(`${file} names no registry`, () => {
      assertNone(Object.keys(lock.packages).filter((path) => lock.packages[path]?.resolved !== undefined))
    })
    // npm leaves entries out that the registry of the moment does not carry, and `npm ci` then fails everywhere.
    await report.check(`${file} knows the packages of every platform`, () => {
      const names = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      const paths = Object.keys(lock.packages)
      assertNone(names.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`))))
    })
  }
}

/** Fails with a list of those that should not be. */
function assertNone(values: readonly unknown[]): void {
  assert.deepEqual(values, [])
}

interface Lock {
  readonly packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>
}
