import { type GeneratedFile, printLine, readEnv, type TemplateContext, toText, types } from '../context.ts'
import { createReceiverLines, receiverImports } from '../wiring.ts'

/** The servers that listen on a port in Node.js: each is one file, which starts when it runs. */

export function nodeServer(context: TemplateContext): GeneratedFile[] {
  return server(context, {
    imports: ["import { createServer } from 'node:http'", "import { toNodeHandler } from 'x-account-activity/node'"],
    lines: [
      'const webhook = toNodeHandler(receiver)',
      '',
      'const server = createServer((request, response) => {',
      "  const { pathname } = new URL(request.url ?? '/', 'http://localhost')",
      "  if (pathname === '/webhook') return void webhook(request, response)",
      "  const [status, text] = pathname === '/health' ? [200, 'ok'] : [404, 'not found']",
      "  response.writeHead(status, { 'content-type': 'application/json' })",
      '  response.end(JSON.stringify({ status: text }))',
      '})',
    ],
    listen: listen('server'),
  })
}

export function expressServer(context: TemplateContext): GeneratedFile[] {
  return server(context, {
    imports: ["import express from 'express'", "import { toNodeHandler } from 'x-account-activity/node'"],
    lines: [
      'const app = express()',
      '// Keep it above body parsers such as express.json(): the signature is over the bytes that X sent.',
      "app.use('/webhook', toNodeHandler(receiver))",
      "app.get('/health', (_request, response) => {",
      "  response.json({ status: 'ok' })",
      '})',
    ],
    listen: listen('app'),
  })
}

export function fastifyServer(context: TemplateContext): GeneratedFile[] {
  return server(context, {
    imports: ["import Fastify from 'fastify'", "import { toFastifyPlugin } from 'x-account-activity/fastify'"],
    lines: [
      'const app = Fastify()',
      "app.register(toFastifyPlugin(receiver), { prefix: '/webhook' })",
      "app.get('/health', () => ({ status: 'ok' }))",
    ],
    listen: [
      "app.listen({ port, host: '::' }, (error) => {",
      '  if (error) throw error',
      `  ${printLine('The webhook is at http://localhost:{port}/webhook')}`,
      '})',
    ],
  })
}

export function koaServer(context: TemplateContext): GeneratedFile[] {
  return server(context, {
    imports: ["import Koa from 'koa'", "import { toKoaMiddleware } from 'x-account-activity/koa'"],
    lines: [
      'const webhook = toKoaMiddleware(receiver)',
      '',
      'const app = new Koa()',
      '// Keep it above body parsers: the signature is over the bytes that X sent.',
      'app.use((context, next) => {',
      "  if (context.path === '/webhook') return webhook(context, next)",
      "  if (context.path !== '/health') return next()",
      "  context.body = { status: 'ok' }",
      '  return undefined',
      '})',
    ],
    listen: listen('app'),
  })
}

export function honoServer(context: TemplateContext): GeneratedFile[] {
  return server(context, {
    imports: ["import { serve } from '@hono/node-server'", "import { Hono } from 'hono'"],
    lines: [
      'const app = new Hono()',
      "app.all('/webhook', (context) => receiver.fetch(context.req.raw))",
      "app.get('/health', (context) => context.json({ status: 'ok' }))",
    ],
    listen: [
      'serve({ fetch: app.fetch, port }, () => {',
      `  ${printLine('The webhook is at http://localhost:{port}/webhook')}`,
      '})',
    ],
  })
}

/** Lambda calls a function. The server runs the same receiver on the machine of a developer. */
export function lambdaFunction(context: TemplateContext): GeneratedFile[] {
  return [
    {
      path: `lambda${context.sourceEnding}`,
      text: toText(
        `import { ${types(context, 'type LambdaHandler, ')}toLambdaHandler } from 'x-account-activity/aws-lambda'`,
        ...receiverImports(context),
        '',
        ...createReceiverLines(context),
        'const webhook = toLambdaHandler(receiver)',
        '',
        '/** The function for AWS Lambda, behind API Gateway, a function URL or a load balancer. */',
        `export const handler${types(context, ': LambdaHandler')} = async (event) => {`,
        '  const path = event.rawPath ?? event.path',
        "  if (path?.endsWith('/health') !== true) return webhook(event)",
        "  const headers = { 'content-type': 'application/json' }",
        "  return { statusCode: 200, headers, body: JSON.stringify({ status: 'ok' }) }",
        '}',
      ),
    },
    ...nodeServer(context),
  ]
}

interface ServerParts {
  readonly imports: readonly string[]
  /** What comes after the receiver. */
  readonly lines: readonly string[]
  /** What comes after the port. */
  readonly listen: readonly string[]
}

function server(context: TemplateContext, { imports, lines, listen }: ServerParts): GeneratedFile[] {
  return [
    {
      path: `server${context.sourceEnding}`,
      text: toText(
        ...imports,
        ...receiverImports(context),
        '',
        ...createReceiverLines(context),
        ...lines,
        '',
        portLine(context),
        ...listen,
      ),
    },
  ]
}

function portLine(context: TemplateContext): string {
  return `const port = Number(${readEnv(context, 'PORT')} ?? 3000)`
}

const listen = (server: string) => [
  `${server}.listen(port, () => {`,
  `  ${printLine('The webhook is at http://localhost:{port}/webhook')}`,
  '})',
]
