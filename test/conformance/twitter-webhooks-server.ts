import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { type UserActivityWebhook, userActivity } from 'twitter-webhooks'
import { openTunnel } from './network.ts'
import { afterScenario } from './scenario.ts'

/** A public webhook: an Express app with the middleware of twitter-webhooks, as in its guide. */
export interface TwitterWebhooksServer {
  readonly hooks: UserActivityWebhook
  readonly url: string
}

/** The keys of the client. A key that a scenario does not use can be absent. */
export interface TwitterWebhooksKeys {
  readonly consumerKey?: string
  readonly consumerSecret: string
  readonly accessToken?: string
  readonly accessTokenSecret?: string
}

export async function openTwitterWebhooksServer(
  { consumerKey = 'unused', consumerSecret, accessToken = 'unused', accessTokenSecret = 'unused' }: TwitterWebhooksKeys,
  { environment = 'dev' } = {},
): Promise<TwitterWebhooksServer> {
  const app = express().use(express.json())
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterScenario(() => server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const serverUrl = openTunnel(`http://127.0.0.1:${port}`)
  const keys = { consumerKey, consumerSecret, accessToken, accessTokenSecret }
  const hooks = userActivity({ ...keys, environment, serverUrl, route: '/twitter', app })
  return { hooks, url: `${serverUrl}/twitter` }
}
