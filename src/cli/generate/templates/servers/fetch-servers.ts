import { type GeneratedFile, printLine, readEnv, type TemplateContext, toText, types } from '../context.ts'
import { createReceiverLines, receiverImports } from '../wiring.ts'

/** The servers whose requests and responses are those of the web platform. */

export function bunServer(context: TemplateContext): GeneratedFile[] {
  return [
    {
      path: `server${context.sourceEnding}`,
      text: toText(
        ...receiverImports(context),
        '',
        ...createReceiverLines(context),
        '',
        'const server = Bun.serve({',
        `  port: Number(${readEnv(context, 'PORT')} ?? 3000),`,
        '  fetch(request, server) {',
        ...routes('receiver.fetch(request, server)').map((line) => `    ${line}`),
        '  },',
        '})',
        printLine('The webhook is at http://localhost:{server.port}/webhook'),
      ),
    },
  ]
}

export function denoServer(context: TemplateContext): GeneratedFile[] {
  return [
    {
      path: `server${context.sourceEnding}`,
      text: toText(
        ...receiverImports(context),
        '',
        ...createReceiverLines(context),
        '',
        `const port = Number(${readEnv(context, 'PORT')} ?? 3000)`,
        'Deno.serve({ port }, (request) => {',
        ...routes('receiver.fetch(request)').map((line) => `  ${line}`),
        '})',
      ),
    },
  ]
}

export function worker(context: TemplateContext): GeneratedFile[] {
  const { isTypeScript, sourceEnding, importEnding } = context
  return [
    {
      path: `worker${sourceEnding}`,
      text: toText(
        isTypeScript && "import type { Receiver } from 'x-account-activity/receiver'",
        `import { createWebhookReceiver } from './receiver${importEnding}'`,
        '',
        ...(isTypeScript ? workerInterfaces : []),
        `let receiver${types(context, ': Receiver | undefined')}`,
        '',
        'export default {',
        isTypeScript
          ? '  async fetch(request: Request, env: Env, context: WorkerContext): Promise<Response> {'
          : '  async fetch(request, env, context) {',
        '    // A Worker gets its secrets with each request.',
        "    receiver ??= createWebhookReceiver({ consumerSecret: () => env.X_CONSUMER_SECRET ?? '' })",
        ...routes('receiver.fetch(request, env, context)').map((line) => `    ${line}`),
        '  },',
        '}',
      ),
    },
    {
      path: 'wrangler.jsonc',
      text: toText(
        '{',
        '  "name": "x-webhook",',
        `  "main": "worker${sourceEnding}",`,
        '  "compatibility_date": "2026-01-01"',
        '}',
      ),
    },
  ]
}

const workerInterfaces = [
  'interface Env {',
  '  readonly X_CONSUMER_SECRET?: string',
  '}',
  '',
  'interface WorkerContext {',
  '  waitUntil(promise: Promise<unknown>): void',
  '}',
  '',
]

export function nextRoutes(context: TemplateContext): GeneratedFile[] {
  return [
    {
      path: `app/webhook/route${context.sourceEnding}`,
      text: toText(
        ...receiverImports(context, '../../'),
        '',
        ...createReceiverLines(context),
        '',
        'export const GET = receiver.fetch',
        'export const POST = receiver.fetch',
      ),
    },
    {
      path: `app/health/route${context.sourceEnding}`,
      text: toText(
        `export function GET()${types(context, ': Response')} {`,
        "  return Response.json({ status: 'ok' })",
        '}',
      ),
    },
  ]
}

export function svelteKitRoutes(context: TemplateContext): GeneratedFile[] {
  const { sourceEnding, project } = context
  const parameter = `{ request }${types(context, ': { request: Request }')}`
  return [
    {
      path: `routes/webhook/+server${sourceEnding}`,
      text: toText(
        ...receiverImports(context, '../../'),
        '',
        ...createReceiverLines(context),
        '',
        '/** Answers every method: the receiver refuses all but GET and POST. */',
        `export const fallback = (${parameter}) => receiver.fetch(request)`,
      ),
    },
    {
      path: `routes/health/+server${sourceEnding}`,
      text: toText("export const GET = () => Response.json({ status: 'ok' })"),
    },
    ...(project.folder === 'src' ? [] : svelteKitShell()),
  ]
}

/** What SvelteKit needs to start in a folder of its own. In `src`, the app of the project has it. */
function svelteKitShell(): GeneratedFile[] {
  return [
    {
      path: 'vite.config.js',
      text: toText(
        "import { existsSync } from 'node:fs'",
        "import { sveltekit } from '@sveltejs/kit/vite'",
        "import { defineConfig } from 'vite'",
        '',
        "if (existsSync('.env')) process.loadEnvFile('.env')",
        '',
        'export default defineConfig({',
        '  // The routes are beside this file, not in a folder named src.',
        "  plugins: [sveltekit({ files: { src: '.' } })],",
        '  server: { port: Number(process.env.PORT ?? 3000) },',
        '})',
      ),
    },
    {
      path: 'app.html',
      text: toText(
        '<!doctype html>',
        '<html lang="en">',
        '  <head>',
        '    <meta charset="utf-8" />',
        '    %sveltekit.head%',
        '  </head>',
        '  <body>',
        '    <div>%sveltekit.body%</div>',
        '  </body>',
        '</html>',
      ),
    },
  ]
}

/** The webhook, the health route, and nothing else. */
function routes(webhook: string): string[] {
  return [
    'const { pathname } = new URL(request.url)',
    `if (pathname === '/webhook') return ${webhook}`,
    "if (pathname === '/health') return Response.json({ status: 'ok' })",
    "return new Response('Not found', { status: 404 })",
  ]
}
