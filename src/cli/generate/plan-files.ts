import { usageError } from '../cli-error.ts'
import { readEventNames } from './event-names.ts'
import type { Framework, GenerateOptions } from './options.ts'
import type { Project } from './project.ts'
import { createTemplateContext, type GeneratedFile, type TemplateContext } from './templates/context.ts'
import { handlerFile } from './templates/handler.ts'
import { bunServer, denoServer, nextRoutes, svelteKitRoutes, worker } from './templates/servers/fetch-servers.ts'
import { nestModule } from './templates/servers/nest.ts'
import {
  expressServer,
  fastifyServer,
  honoServer,
  koaServer,
  lambdaFunction,
  nodeServer,
} from './templates/servers/node-servers.ts'
import { testFile } from './templates/test-file.ts'
import { envExampleFile, readmeFile } from './templates/texts.ts'
import { dispatchFile, receiverFile, storeFile } from './templates/wiring.ts'

/** Counts up with each change of what the templates write. */
export const templateVersion = 1

const serverFiles: Readonly<Record<Framework, (context: TemplateContext) => GeneratedFile[]>> = {
  node: nodeServer,
  express: expressServer,
  fastify: fastifyServer,
  koa: koaServer,
  hono: honoServer,
  nest: nestModule,
  next: nextRoutes,
  sveltekit: svelteKitRoutes,
  workers: worker,
  bun: bunServer,
  deno: denoServer,
  lambda: lambdaFunction,
}

/**
 * Generates the files in memory.
 *
 * @throws CliError when the options do not fit together.
 */
export function planFiles(options: GenerateOptions, project: Project): readonly GeneratedFile[] {
  const context = describePlan(options, project)
  const store = storeFile(context)
  return [
    readmeFile(context),
    envExampleFile(context),
    ...context.events.map((event) => handlerFile(context, event)),
    dispatchFile(context),
    receiverFile(context),
    ...(store === undefined ? [] : [store]),
    ...serverFiles[options.framework](context),
    testFile(context),
  ]
}

/** What the templates of {@link planFiles} are given. */
export function describePlan(options: GenerateOptions, project: Project): TemplateContext {
  if (options.framework === 'workers' && options.store !== 'memory') {
    throw usageError(
      `Cloudflare Workers cannot use --store ${options.store}.`,
      'Use --store memory, and give the receiver a store of your own on KV or a Durable Object.',
    )
  }
  return createTemplateContext(options, readEventNames(options.events, options.api), project)
}
