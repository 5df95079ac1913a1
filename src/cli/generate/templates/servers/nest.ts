import { type GeneratedFile, printLine, readEnv, type TemplateContext, toText } from '../context.ts'
import { createReceiverLines, receiverImports } from '../wiring.ts'

/** A module of NestJS, with a file that starts it. */
export function nestModule(context: TemplateContext): GeneratedFile[] {
  const { isTypeScript, sourceEnding, importEnding } = context
  return [
    {
      path: `webhook.module${sourceEnding}`,
      text: isTypeScript ? typeScriptModule(context) : javaScriptModule(context),
    },
    {
      path: `main${sourceEnding}`,
      text: toText(
        "import 'reflect-metadata'",
        "import { NestFactory } from '@nestjs/core'",
        `import { WebhookModule } from './webhook.module${importEnding}'`,
        '',
        isTypeScript ? 'async function bootstrap(): Promise<void> {' : 'async function bootstrap() {',
        '  // With rawBody, Nest keeps the bytes that X sent. The signature is over them.',
        '  const app = await NestFactory.create(WebhookModule, { rawBody: true })',
        `  const port = Number(${readEnv(context, 'PORT')} ?? 3000)`,
        '  await app.listen(port)',
        `  ${printLine('The webhook is at http://localhost:{port}/webhook')}`,
        '}',
        'void bootstrap()',
      ),
    },
  ]
}

function typeScriptModule(context: TemplateContext): string {
  return toText(
    "import type { ServerResponse } from 'node:http'",
    "import { All, Controller, Get, Module, Req, Res } from '@nestjs/common'",
    "import { type NodeRequest, toNodeHandler } from 'x-account-activity/node'",
    ...receiverImports(context),
    '',
    ...createReceiverLines(context),
    'const webhook = toNodeHandler(receiver)',
    '',
    '@Controller()',
    'export class WebhookController {',
    "  @All('webhook')",
    '  async receive(@Req() request: NodeRequest, @Res() response: ServerResponse): Promise<void> {',
    '    await webhook(request, response)',
    '  }',
    '',
    "  @Get('health')",
    '  health(): { status: string } {',
    "    return { status: 'ok' }",
    '  }',
    '}',
    '',
    '@Module({ controllers: [WebhookController] })',
    'export class WebhookModule {}',
  )
}

/** JavaScript has no decorators yet, so they are called as functions. */
function javaScriptModule(context: TemplateContext): string {
  return toText(
    "import { All, Controller, Get, Module, Req, Res } from '@nestjs/common'",
    "import { toNodeHandler } from 'x-account-activity/node'",
    ...receiverImports(context),
    '',
    ...createReceiverLines(context),
    'const webhook = toNodeHandler(receiver)',
    '',
    'export class WebhookController {',
    '  async receive(request, response) {',
    '    await webhook(request, response)',
    '  }',
    '',
    '  health() {',
    "    return { status: 'ok' }",
    '  }',
    '}',
    'export class WebhookModule {}',
    '',
    '// JavaScript has no decorators yet, so they are called as functions.',
    'const { prototype } = WebhookController',
    'const { receive, health } = Object.getOwnPropertyDescriptors(prototype)',
    "All('webhook')(prototype, 'receive', receive)",
    "Req()(prototype, 'receive', 0)",
    "Res()(prototype, 'receive', 1)",
    "Get('health')(prototype, 'health', health)",
    'Controller()(WebhookController)',
    'Module({ controllers: [WebhookController] })(WebhookModule)',
  )
}
