import assert from 'node:assert/strict'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transform } from 'esbuild'
import type { Report } from './report.ts'
import { npm, type Output, root, run } from './shell.ts'
import { quiet, type Tarball } from './tarball.ts'

const home = `${root}test/package/projects`

/** Copies a folder of `projects/` into `folder`, and installs what its lock file names and the tarball; returns the copy. */
export async function installProject(name: string, tarball: Tarball, folder: string): Promise<string> {
  const project = join(folder, name)
  await cp(join(home, name), project, { recursive: true })
  await npm(['ci', ...quiet], project)
  await npm(['install', tarball.path, '--no-save', ...quiet], project)
  return project
}

/** Test runners, TypeScript runners and bundlers, each with a project of its own, which has the same thing to do. */
export async function checkTools(report: Report, tools: string): Promise<void> {
  report.section('Test runners, TypeScript runners and bundlers')
  for (const project of ['jest-babel', 'jest-swc', 'jest-ts', 'ts-node', 'tsx', 'vitest']) {
    for (const file of ['journey.ts', 'journey.test.ts', 'main.ts']) {
      await cp(join(tools, file), join(tools, project, file))
    }
  }
  const start = (project: string, script: string, ...args: string[]) =>
    run(process.execPath, [join(tools, 'node_modules', script), ...args], { cwd: join(tools, project) })

  for (const transformer of ['ts-jest', '@swc/jest', 'babel-jest']) {
    const project = { 'ts-jest': 'jest-ts', '@swc/jest': 'jest-swc', 'babel-jest': 'jest-babel' }[transformer] ?? ''
    await report.check(`jest with ${transformer}`, async () => {
      await start(project, 'jest/bin/jest.js')
    })
  }
  await report.check('vitest', async () => {
    await start('vitest', 'vitest/vitest.mjs', 'run')
  })
  const arrives = async (running: Promise<Output>) => assert.equal((await running).stdout.trim(), 'arrived')
  await report.check('tsx, ES modules', () => arrives(start('tsx', 'tsx/dist/cli.mjs', 'main.ts')))
  await report.check('tsx, CommonJS', () => arrives(start('ts-node', 'tsx/dist/cli.mjs', 'main.ts')))
  await report.check('ts-node', () => arrives(start('ts-node', 'ts-node/dist/bin.js', 'main.ts')))
  await checkBundlers(report, join(tools, 'bundlers'), arrives)
}

async function checkBundlers(
  report: Report,
  cwd: string,
  arrives: (running: Promise<Output>) => Promise<void>,
): Promise<void> {
  const journey = await readFile(join(cwd, '../journey.ts'), 'utf8')
  for (const [format, extension] of [
    ['esm', 'js'],
    ['cjs', 'cjs'],
  ] as const) {
    const { code } = await transform(journey, { loader: 'ts', format, target: 'es2023' })
    await writeFile(join(cwd, `journey.${extension}`), code)
  }
  for (const bundler of ['esbuild', 'vite', 'webpack']) {
    const bundle = async (entry: string, platform: string) => {
      const isCommonJs = bundler === 'webpack' || entry.endsWith('.cjs')
      const output = `out/${bundler}-${platform}-${entry}.${isCommonJs ? 'cjs' : 'mjs'}`
      await run(process.execPath, [`${bundler}.js`, entry, platform, output], { cwd })
      return output
    }
    for (const platform of ['node', 'browser']) {
      await report.check(`${bundler}, for ${platform}`, async () => {
        const output = await bundle('main.js', platform)
        await arrives(run(process.execPath, [output], { cwd }))
      })
      await report.check(`${bundler}, for ${platform}, leaves out what answerCrc does not need`, async () => {
        const output = await bundle('crc.js', platform)
        const { stdout } = await run(process.execPath, [output], { cwd })
        assert.equal(stdout.trim(), 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=')
        // The names of an error class of zod and of one of ky.
        assert.doesNotMatch(await readFile(join(cwd, output), 'utf8'), /ZodError|HTTPError/)
      })
    }
    if (bundler === 'vite') continue
    await report.check(`${bundler}, a program that calls require`, async () => {
      await arrives(run(process.execPath, [await bundle('main.cjs', 'node')], { cwd }))
    })
  }
}

/** The projects that `nest new` makes, with a controller that hands requests to a receiver. */
const nestProjects = [
  { name: 'NestJS 11, CommonJS with jest', install: 'nest-11', folder: '.', isEsm: false, test: ['jest/bin/jest.js'] },
  {
    name: 'NestJS 12, CommonJS with jest',
    install: 'nest-12',
    folder: 'cjs',
    isEsm: false,
    flags: ['--experimental-vm-modules'],
    test: ['jest/bin/jest.js'],
  },
  {
    name: 'NestJS 12, ES modules with vitest',
    install: 'nest-12',
    folder: 'esm',
    isEsm: true,
    test: ['vitest/vitest.mjs', 'run'],
  },
]

/** Tests, compiles and starts the projects of NestJS. */
export async function checkNest(report: Report, installs: Readonly<Record<string, string>>): Promise<void> {
  report.section('NestJS, as `nest new` sets it up')
  for (const { name, install, folder, isEsm, flags = [], test } of nestProjects) {
    const modules = join(installs[install] ?? '', 'node_modules')
    const cwd = join(installs[install] ?? '', folder)
    await addController(cwd, isEsm)
    const [script = '', ...args] = test
    await report.check(`${name}: tests`, async () => {
      await run(process.execPath, [...flags, join(modules, script), ...args], { cwd })
    })
    await report.check(`${name}: builds and starts`, async () => {
      await run(process.execPath, [join(modules, 'typescript/bin/tsc'), '--project', 'tsconfig.build.json'], { cwd })
      await run(process.execPath, [join(cwd, 'start.mjs')], { cwd })
    })
  }
}

/** The same controller everywhere; relative imports in ES modules end in `.js`. */
async function addController(project: string, isEsm: boolean): Promise<void> {
  await mkdir(join(project, 'src'), { recursive: true })
  for (const file of ['webhook.controller.ts', 'webhook.controller.spec.ts']) {
    const source = await readFile(join(home, 'nest', file), 'utf8')
    const code = isEsm ? source : source.replaceAll(/(from '\.\/[^']+)\.js'/g, "$1'")
    await writeFile(join(project, 'src', file), code)
  }
  await cp(join(home, 'nest/start.mjs'), join(project, 'start.mjs'))
}
