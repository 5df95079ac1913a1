import * as root from 'x-account-activity'
import type { CodeBlock } from './code-blocks.ts'

const exported = Object.keys(root).join(', ')

/** What code spans in prose may use: all that the root exports, the adapters, and values that the text around them names. */
const prelude = [
  "import { createServer } from 'node:http'",
  "import { expect } from 'vitest'",
  `import { ${exported} } from 'x-account-activity'`,
  "import type { Client, Inbox, Receiver, Recovery, UserCredentials } from 'x-account-activity'",
  "import { toLambdaHandler } from 'x-account-activity/aws-lambda'",
  "import { createEmulator, type Emulator, type EmulatedUser } from 'x-account-activity/emulator'",
  "import { serveEmulator } from 'x-account-activity/emulator/node'",
  "import { toFastifyPlugin } from 'x-account-activity/fastify'",
  "import { toKoaMiddleware } from 'x-account-activity/koa'",
  "import { toNodeHandler } from 'x-account-activity/node'",
  "import { createOpenTelemetryHooks } from 'x-account-activity/opentelemetry'",
  "import { createFileRecoveryStore } from 'x-account-activity/recovery/node'",
  "import { createBullMqInbox, type BullMqInboxOptions } from 'x-account-activity/stores/bullmq'",
  "import { createPostgresDedupeStore, createPostgresInbox, postgresSchema } from 'x-account-activity/stores/postgres'",
  "import { createRedisDedupeStore } from 'x-account-activity/stores/redis'",
  "import { createSqliteDedupeStore, createSqliteInbox } from 'x-account-activity/stores/sqlite'",
  "import { buildDelivery, createTestContext, signedRequest } from 'x-account-activity/testing'",
  "import { accountActivityHandlers } from 'x-account-activity/testing/msw'",
  'declare const receiver: Receiver, client: Client, recovery: Recovery, inbox: Inbox, error: unknown',
  'declare const x: Emulator, app: Emulator["app"], alice: EmulatedUser, bob: EmulatedUser, user: UserCredentials',
  'declare const id: string, webhookId: string, userId: string, bearerToken: string, path: string, secret: string',
  'declare const consumerKey: string, consumerSecret: string, url: string, maxEntries: number, ttlMs: number',
  'declare const window: { from: Date; to: Date }, from: Date, to: Date, request: Request',
  "import type { NestApplicationOptions } from '@nestjs/common'",
  'declare const moduleRef: { createNestApplication(options: NestApplicationOptions): unknown }',
  'declare const connection: BullMqInboxOptions["connection"]',
].join(';')

/** A code span as a module, in one line, so that a problem is reported at the line of the span. */
export function inlineModule({ file, line, code }: CodeBlock): CodeBlock {
  const statement = /^(await|const) /.test(code) ? code : `void (${code})`
  return { file, line, code: `${prelude}; ${statement}` }
}
