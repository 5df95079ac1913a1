import type { Framework, Language, TestRunner } from '../../src/cli/generate/options.ts'
import type { PackageGroup } from './install.ts'

/** A project that handlers are generated into. */
export interface GeneratedProject {
  readonly framework: Framework
  readonly language: Language
  readonly tests: TestRunner
  readonly group: PackageGroup
  /** The `compilerOptions` of its `tsconfig.json`, besides those that are the strictest. Without them it has none. */
  readonly compilerOptions?: Readonly<Record<string, unknown>>
}

/** TypeScript that Node.js runs as it is. */
const stripped = { module: 'nodenext', allowImportingTsExtensions: true, noEmit: true, erasableSyntaxOnly: true }

/** TypeScript that is compiled to JavaScript. */
const compiled = { module: 'nodenext', outDir: 'dist', rootDir: '.' }

/** TypeScript that a bundler compiles. */
const bundled = { module: 'esnext', moduleResolution: 'bundler', noEmit: true }

const decorators = { experimentalDecorators: true, emitDecoratorMetadata: true }

/** Each framework in both languages, with the test runners and settings of the compiler in turn. */
export const projects: readonly GeneratedProject[] = [
  { framework: 'node', language: 'typescript', tests: 'node', group: 'servers', compilerOptions: stripped },
  { framework: 'node', language: 'typescript', tests: 'node', group: 'servers', compilerOptions: compiled },
  { framework: 'node', language: 'javascript', tests: 'jest', group: 'servers' },
  { framework: 'express', language: 'typescript', tests: 'vitest', group: 'servers', compilerOptions: compiled },
  { framework: 'express', language: 'javascript', tests: 'node', group: 'servers' },
  { framework: 'fastify', language: 'typescript', tests: 'vitest', group: 'servers', compilerOptions: stripped },
  { framework: 'fastify', language: 'javascript', tests: 'vitest', group: 'servers' },
  { framework: 'koa', language: 'typescript', tests: 'node', group: 'servers', compilerOptions: stripped },
  { framework: 'koa', language: 'javascript', tests: 'node', group: 'servers' },
  { framework: 'hono', language: 'typescript', tests: 'vitest', group: 'servers', compilerOptions: stripped },
  { framework: 'hono', language: 'javascript', tests: 'jest', group: 'servers' },
  {
    framework: 'nest',
    language: 'typescript',
    tests: 'vitest',
    group: 'servers',
    compilerOptions: { ...compiled, ...decorators },
  },
  { framework: 'nest', language: 'javascript', tests: 'node', group: 'servers' },
  { framework: 'lambda', language: 'typescript', tests: 'node', group: 'servers', compilerOptions: stripped },
  { framework: 'lambda', language: 'javascript', tests: 'vitest', group: 'servers' },
  { framework: 'next', language: 'typescript', tests: 'node', group: 'next', compilerOptions: bundled },
  { framework: 'next', language: 'javascript', tests: 'node', group: 'next' },
  {
    framework: 'sveltekit',
    language: 'typescript',
    tests: 'node',
    group: 'sveltekit',
    compilerOptions: { ...bundled, allowImportingTsExtensions: true },
  },
  { framework: 'sveltekit', language: 'javascript', tests: 'node', group: 'sveltekit' },
  {
    framework: 'workers',
    language: 'typescript',
    tests: 'node',
    group: 'workers',
    compilerOptions: { ...bundled, allowImportingTsExtensions: true },
  },
  { framework: 'workers', language: 'javascript', tests: 'node', group: 'workers' },
  {
    framework: 'bun',
    language: 'typescript',
    tests: 'node',
    group: 'runtimes',
    compilerOptions: { ...bundled, types: ['bun'] },
  },
  { framework: 'bun', language: 'javascript', tests: 'node', group: 'runtimes' },
  {
    framework: 'deno',
    language: 'typescript',
    tests: 'node',
    group: 'runtimes',
    compilerOptions: { ...stripped, types: ['node', 'deno'] },
  },
  { framework: 'deno', language: 'javascript', tests: 'node', group: 'runtimes' },
]
