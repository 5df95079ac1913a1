import { describe, expect, test } from 'vitest'
import { findTestRunner, readProject } from '../../../../src/cli/generate/project.ts'
import { generate } from '../../../support/generated-code.ts'

/** Reads the project of `/app/src/x` from these files. */
function read(files: Readonly<Record<string, string>>, out = '/app/src/x') {
  return readProject(out, '/app', async (path) => files[path])
}

test('a folder without package.json belongs to the working folder', async () => {
  expect(await read({})).toEqual({
    root: '/app',
    folder: 'src/x',
    isModule: false,
    isCommonJs: false,
    packages: new Set(),
  })
  expect(await read({}, '/app')).toMatchObject({ folder: '.' })
})

test('the project is that of the nearest package.json', async () => {
  const project = await read({
    '/app/package.json': '{ "type": "module", "dependencies": { "koa": "3" }, "devDependencies": { "jest": "30" } }',
    '/package.json': '{}',
  })
  expect(project).toMatchObject({ root: '/app', isModule: true, packages: new Set(['koa', 'jest']) })
  expect(findTestRunner(project)).toBe('jest')
  expect(findTestRunner({ ...project, packages: new Set(['jest', 'vitest']) })).toBe('vitest')
  expect(findTestRunner({ ...project, packages: new Set() })).toBe('node')
})

describe('tsconfig.json', () => {
  test('may have comments, trailing commas and texts that look like them', async () => {
    const { tsconfig } = await read({
      '/app/tsconfig.json': `{
        // the settings
        "compilerOptions": { /* "module": "commonjs", */ "module": "nodenext", "outDir": "a//b,}", "noPropertyAccessFromIndexSignature": true, },
      }`,
      '/app/package.json': '{ "type": "module" }',
    })
    expect(tsconfig).toEqual({
      allowsTsImports: false,
      rewritesTsImports: false,
      isCommonJs: false,
      needsBrackets: true,
    })
  })

  test('inherits from files and packages, the last one first', async () => {
    const { tsconfig } = await read({
      '/app/tsconfig.json': '{ "extends": ["./base", "@tsconfig/strictest/tsconfig.json"] }',
      '/app/base.json': '{ "compilerOptions": { "allowImportingTsExtensions": true, "module": "commonjs" } }',
      '/app/node_modules/@tsconfig/strictest/tsconfig.json':
        '{ "compilerOptions": { "noPropertyAccessFromIndexSignature": true, "module": "esnext" } }',
    })
    expect(tsconfig).toMatchObject({ allowsTsImports: true, isCommonJs: false, needsBrackets: true })
  })

  test('that extends itself, or is not JSON, does no harm', async () => {
    expect((await read({ '/app/tsconfig.json': '{ "extends": "./tsconfig.json" }' })).tsconfig).toBeDefined()
    expect((await read({ '/app/tsconfig.json': '{' })).tsconfig).toMatchObject({ allowsTsImports: false })
  })
})

describe('imports of the generated code', () => {
  const tsconfig = { allowsTsImports: false, rewritesTsImports: false, isCommonJs: false, needsBrackets: false }
  const serverImport = (...args: Parameters<typeof generate>) =>
    /from '(\.[^']*receiver[^']*)'/.exec([...generate(...args).values()].join('\n'))?.[1]

  test('end in .ts where nothing says otherwise, or the compiler allows it', () => {
    expect(serverImport()).toBe('./receiver.ts')
    expect(serverImport({}, { tsconfig: { ...tsconfig, allowsTsImports: true } })).toBe('./receiver.ts')
  })

  test('end in .js where the compiler wants that, and have no ending in CommonJS', () => {
    expect(serverImport({}, { tsconfig })).toBe('./receiver.js')
    expect(serverImport({}, { tsconfig: { ...tsconfig, isCommonJs: true } })).toBe('./receiver')
    expect(serverImport({ framework: 'deno' }, { tsconfig })).toBe('./receiver.ts')
    expect(serverImport({ framework: 'next' })).toBe('../../receiver')
  })

  test('in JavaScript, name a module in every project', () => {
    expect(serverImport({ language: 'javascript' })).toBe('./receiver.js')
    expect(serverImport({ language: 'javascript' }, { isModule: false })).toBe('./receiver.mjs')
    // `npm init` of npm 11 writes "type": "commonjs". Node.js would then read a `.ts` file as CommonJS.
    expect(serverImport({}, { isModule: false, isCommonJs: true })).toBe('./receiver.mts')
    expect(serverImport({}, { isModule: false, isCommonJs: true, tsconfig })).toBe('./receiver.js')
  })
})

test('brackets are used where the compiler does not allow process.env.NAME', () => {
  const tsconfig = { allowsTsImports: true, rewritesTsImports: false, isCommonJs: false, needsBrackets: true }
  expect(generate({}, { tsconfig }).get('server.ts')).toContain("process.env['X_CONSUMER_SECRET'] ?? ''")
  expect(generate().get('server.ts')).toContain("() => process.env.X_CONSUMER_SECRET ?? ''")
})

test('the start command compiles first, or uses tsx, where Node.js cannot run the imports', () => {
  const tsconfig = { allowsTsImports: false, rewritesTsImports: false, isCommonJs: false, needsBrackets: false }
  expect(generate().get('README.md')).toContain('\nnode --env-file-if-exists=src/x/.env src/x/server.ts\n')
  expect(generate({}, { tsconfig }).get('README.md')).toContain(
    '\nnpx tsc --noEmit false --outDir dist --rootDir . && node --env-file-if-exists=src/x/.env dist/src/x/server.js\n',
  )
  expect(generate({}, { tsconfig, packages: new Set(['tsx']) }).get('README.md')).toContain(
    '\nnpx tsx --env-file-if-exists=src/x/.env src/x/server.ts\n',
  )
})
