import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import manifest from '../../package.json' with { type: 'json' }
import type { Report } from './report.ts'
import { root, runBin } from './shell.ts'
import type { Tarball } from './tarball.ts'

const documents = [
  'package.json',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'docs/architecture.md',
  ...filesIn('docs/guides'),
  ...filesIn('docs/images'),
]
const built = [
  // A file for each source file, for bundlers.
  /^dist\/esm\/([\w-]+\/)+[\w.-]+\.js$/,
  // A file for each entry point, and the modules that they share.
  /^dist\/node\/(shared\/)?[\w-]+\.js$/,
  /^dist\/cjs\/(shared\/)?[\w.-]+\.cjs$/,
  /^dist\/cjs\/LICENSES\.txt$/,
  // The command line, with what it needs of other packages.
  /^dist\/cli\/(chunks\/)?[\w.-]+\.js$/,
  /^dist\/cli\/LICENSES\.txt$/,
  /^dist\/types\/[\w.-]+\.d\.(ts|cts)$/,
]

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder)).map((file) => `${folder}/${file}`)
}

/** Checks the contents of the tarball, by a list and by linters for packages. */
export async function checkContents(report: Report, tarball: Tarball, consumer: string): Promise<void> {
  const installed = join(consumer, 'node_modules/x-account-activity')
  report.section('The tarball')

  await report.check('holds the build and the documents, and nothing else', () => {
    const isBuilt = (file: string) => built.some((pattern) => pattern.test(file))
    assertNone(tarball.files.filter((file) => !isBuilt(file) && !documents.includes(file)))
    assertNone(documents.filter((file) => !tarball.files.includes(file)))
  })

  await report.check('has the files that package.json names for each entry point', () => {
    const entryPoints = Object.entries(manifest.exports).filter(([subpath]) => subpath !== './package.json')
    assert.ok(entryPoints.length >= 20, `only ${entryPoints.length} entry points`)
    for (const [subpath, targets] of entryPoints) {
      const name = subpath === '.' ? 'index' : subpath.slice('./'.length).replaceAll('/', '-')
      // The order counts: the first condition that applies is taken.
      assert.equal(JSON.stringify(targets), JSON.stringify(targetsOf(name)), subpath)
      assertNone(filesOf(targets).filter((file) => !tarball.files.includes(file)))
      if (name !== 'index') {
        const fallback = (manifest.typesVersions['*'] as Record<string, string[]>)[subpath.slice('./'.length)]
        assert.deepEqual(fallback, [targetsOf(name).require.types], `${subpath} in typesVersions`)
      }
    }
  })

  await report.check('has the files that package.json names for each of its imports', () => {
    assertNone(filesOf(manifest.imports).filter((file) => !tarball.files.includes(file)))
  })

  await report.check('has the file at the end of each relative link in README, changelog and guides', async () => {
    for (const file of tarball.files.filter((name) => /^(README|CHANGELOG|docs\/guides\/[\w-]+)\.md$/.test(name))) {
      const links = [...(await readFile(join(installed, file), 'utf8')).matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)]
      const targets = links.map(([, link = '']) => posix.normalize(posix.join(posix.dirname(file), link)))
      assert.deepEqual(
        targets.filter((target) => !tarball.files.includes(target)),
        [],
        file,
      )
    }
  })

  await report.check('contains the licenses of the packages that the CommonJS build contains', async () => {
    const text = await readFile(join(installed, 'dist/cjs/LICENSES.txt'), 'utf8')
    for (const name of ['ky', '@noble/hashes']) assert.match(text, new RegExp(`^${name}$`, 'm'))
  })

  await report.check('has no declaration that imports #hmac, #diagnostics or src', async () => {
    for (const file of tarball.files.filter((name) => /\.d\.c?ts$/.test(name))) {
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
    await runBin(attw, [tarball.path, '--no-definitely-typed', '--no-color', '--no-emoji'])
  })
}

/** The value in `exports` for an entry point. */
function targetsOf(name: string) {
  return {
    import: {
      types: `./dist/types/${name}.d.ts`,
      module: `./dist/esm/entries/${name}.js`,
      node: `./dist/node/${name}.js`,
      default: `./dist/esm/entries/${name}.js`,
    },
    require: { types: `./dist/types/${name}.d.cts`, default: `./dist/cjs/${name}.cjs` },
  }
}

/** The paths in a tree of conditions. */
function filesOf(targets: unknown): string[] {
  if (typeof targets === 'string') return [posix.normalize(targets)]
  return Object.values(targets as object).flatMap(filesOf)
}

const lockFiles = [
  'package-lock.json',
  ...['conformance', 'package/projects/nest-11', 'package/projects/nest-12', 'package/projects/tools', 'runtimes'].map(
    (folder) => `test/${folder}/package-lock.json`,
  ),
]

/** Checks that the lock files work on every machine, not only on the one that wrote them. */
export async function checkLockFiles(report: Report): Promise<void> {
  report.section('The lock files')
  for (const file of lockFiles) {
    const lock = JSON.parse(await readFile(join(root, file), 'utf8')) as Lock
    await report.check(`${file} names no registry`, () => {
      assertNone(Object.keys(lock.packages).filter((path) => lock.packages[path]?.resolved !== undefined))
    })
    // npm leaves out packages that a registry does not have, and `npm ci` then fails with other registries.
    await report.check(`${file} knows the packages of every platform`, () => {
      const names = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      const paths = Object.keys(lock.packages)
      assertNone(names.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`))))
    })
  }
}

/** Fails with the values, unless there are none. */
function assertNone(values: readonly unknown[]): void {
  assert.deepEqual(values, [])
}

interface Lock {
  readonly packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>
}
