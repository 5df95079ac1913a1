import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { type UserActivityWebhook, userActivity } from 'twitter-webhooks'
import { openTunnel } from './network.ts'
import { atEnd } from './scenario.ts'

/** A webhook on the internet: an Express app with the middleware of twitter-webhooks, mounted as its guide says. */
export interface TwitterWebhooksServer {
  readonly hooks: UserActivityWebhook
  readonly url: string
}

/** What the client is set up with; what a scenario has no use for may be missing. */
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
  atEnd(() => server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const serverUrl = openTunnel(`http://127.0.0.1:${port}`)
  const keys = { consumerKey, consumerSecret, accessToken, accessTokenSecret }
  const hooks = userActivity({ ...keys, environment, serverUrl, route: '/twitter', app })
  return { hooks, url: `${serverUrl}/twitter` }
}
