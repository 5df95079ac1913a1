/** The frameworks that handlers can be generated for. */
export const frameworks = [
  'node',
  'express',
  'fastify',
  'koa',
  'hono',
  'nest',
  'next',
  'sveltekit',
  'workers',
  'bun',
  'deno',
  'lambda',
] as const

/** The APIs that the handlers take deliveries of. */
export const apis = ['activity', 'account-activity', 'both'] as const

/** Where handled events are remembered. */
export const stores = ['memory', 'sqlite', 'redis'] as const

/** The test runners that tests can be generated for. */
export const testRunners = ['vitest', 'jest', 'node'] as const

/** The languages that code can be generated in. */
export const languages = ['typescript', 'javascript'] as const

export type Framework = (typeof frameworks)[number]
export type Api = (typeof apis)[number]
export type Store = (typeof stores)[number]
export type TestRunner = (typeof testRunners)[number]
export type Language = (typeof languages)[number]

/** What is generated. */
export interface GenerateOptions {
  readonly framework: Framework
  readonly api: Api
  /** The names of the events, in the order in which the user gave them. */
  readonly events: readonly string[]
  readonly store: Store
  readonly tests: TestRunner
  readonly language: Language
}
