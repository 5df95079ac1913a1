import type { TemplateContext } from './context.ts'

/** The commands that the README names. They run in the folder of `package.json`. */
export interface Commands {
  readonly install: string
  readonly test: string
  readonly start: string
}

export function describeCommands(context: TemplateContext): Commands {
  return { install: installCommand(context), test: testCommand(context), start: startCommand(context) }
}

/** The packages that each framework needs. */
const packages: Readonly<Record<TemplateContext['options']['framework'], readonly string[]>> = {
  node: [],
  express: ['express'],
  fastify: ['fastify'],
  koa: ['koa'],
  hono: ['hono', '@hono/node-server'],
  nest: ['@nestjs/common', '@nestjs/core', '@nestjs/platform-express', 'reflect-metadata', 'rxjs'],
  next: ['next', 'react', 'react-dom'],
  sveltekit: ['@sveltejs/kit', 'svelte', 'vite'],
  workers: ['wrangler'],
  bun: [],
  deno: [],
  lambda: [],
}

/** The variable PORT, or 3000, in a shell. */
const port = `\${PORT:-3000}`

function installCommand({ options }: TemplateContext): string {
  const names = [
    'x-account-activity',
    ...packages[options.framework],
    ...(options.store === 'redis' ? ['ioredis'] : []),
  ]
  return `npm install ${names.join(' ')}`
}

function testCommand(context: TemplateContext): string {
  const { options, isTypeScript, sourceEnding } = context
  const file = inFolder(context, `handlers.test${sourceEnding}`)
  switch (options.tests) {
    case 'vitest':
      return `npx vitest run ${file}`
    case 'jest':
      return isTypeScript ? `npx jest ${file}` : `NODE_OPTIONS=--experimental-vm-modules npx jest ${file}`
    case 'node':
      if (options.framework === 'bun') return `bun test ${file}`
      if (options.framework === 'deno') return `deno test --allow-env --allow-read ${file}`
      return runInNode(context, 'handlers.test', ['--test'])
  }
}

function startCommand(context: TemplateContext): string {
  const { options, sourceEnding } = context
  const { folder } = context.project
  const server = inFolder(context, `server${sourceEnding}`)
  const env = inFolder(context, '.env')
  switch (options.framework) {
    case 'nest':
      return runInNode(context, 'main', [`--env-file-if-exists=${env}`])
    case 'next':
      return folder === '.' || folder === 'src' ? 'npx next dev' : `npx next dev ${folder}`
    case 'sveltekit':
      return folder === 'src'
        ? `node --env-file-if-exists=${env} node_modules/vite/bin/vite.js dev --port ${port}`
        : `cd ${folder} && npx vite dev`
    case 'workers':
      return `CLOUDFLARE_INCLUDE_PROCESS_ENV=true npx wrangler dev --config ${inFolder(context, 'wrangler.jsonc')} --port ${port}`
    case 'bun':
      return `bun --env-file=${env} ${server}`
    case 'deno':
      return `deno run --allow-net --allow-env --allow-read --allow-write --env-file=${env} ${server}`
    default:
      return runInNode(context, 'server', [`--env-file-if-exists=${env}`])
  }
}

/** Node.js runs TypeScript whose imports end in `.ts`. Otherwise tsx runs it, or the compiler writes JavaScript first. */
function runInNode(context: TemplateContext, name: string, flags: readonly string[]): string {
  const { options, project, isTypeScript, sourceEnding, importEnding } = context
  const file = inFolder(context, `${name}${sourceEnding}`)
  const isPlain = importEnding === sourceEnding && !(isTypeScript && options.framework === 'nest')
  if (isPlain) return `node ${flags.join(' ')} ${file}`
  if (project.packages.has('tsx') || options.framework === 'next') return `npx tsx ${flags.join(' ')} ${file}`
  const compile = 'npx tsc --noEmit false --outDir dist --rootDir .'
  return `${compile} && node ${flags.join(' ')} dist/${inFolder(context, `${name}.js`)}`
}

function inFolder({ project }: TemplateContext, path: string): string {
  return project.folder === '.' ? path : `${project.folder}/${path}`
}
