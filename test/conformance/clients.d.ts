// Types for the untyped clients: only what the scenarios use.

declare module 'twitter-autohook' {
  import type { EventEmitter } from 'node:events'
  import type { IncomingMessage, Server } from 'node:http'
  import type { ListenOptions } from 'node:net'

  export class Autohook extends EventEmitter<{ event: [Record<string, unknown>, IncomingMessage] }> {
    constructor(options: {
      readonly token: string
      readonly token_secret: string
      readonly consumer_key: string
      readonly consumer_secret: string
      readonly env: string
      readonly port: number | ListenOptions
    })
    readonly server: Server
    startServer(): void
    start(webhookUrl: string): Promise<void>
    setWebhook(webhookUrl: string): Promise<Webhook>
    getWebhooks(): Promise<Webhook[]>
    removeWebhook(webhook: Webhook): Promise<void>
    removeWebhooks(): Promise<void>
    subscribe(user: { oauth_token: string; oauth_token_secret: string; screen_name?: string }): Promise<true>
    unsubscribe(userId: string): Promise<true>
  }

  interface Webhook {
    readonly id: string
    readonly url: string
    readonly valid: boolean
  }
}

declare module 'twitter-webhooks' {
  import type { EventEmitter } from 'node:events'
  import type { Express, RequestHandler } from 'express'

  export function userActivity(options: Config): UserActivityWebhook

  interface Config {
    readonly serverUrl?: string
    readonly route?: string
    readonly consumerKey: string
    readonly consumerSecret: string
    readonly accessToken: string
    readonly accessTokenSecret: string
    readonly environment?: string
    readonly app?: Express
  }

  interface User {
    readonly userId: string
    readonly accessToken: string
    readonly accessTokenSecret: string
  }

  type UserActivityWebhook = RequestHandler &
    EventEmitter & {
      register(args?: { callbackUrl?: string }): Promise<Webhook>
      unregister(args: { webhookId: string }): Promise<void>
      getWebhooks(): Promise<{ environments: { environment_name: string; webhooks: Webhook[] }[] }>
      getWebhook(): Promise<Webhook[]>
      triggerChallengeResponseCheck(args: { webhookId: string }): Promise<{ statusCode: number }>
      subscribe(user: User): Promise<EventEmitter & { readonly id: string }>
      unsubscribe(user: User): Promise<void>
      isSubscribed(user: User): Promise<boolean>
      getSubscriptions(): Promise<{ user_id: string }[]>
      getSubscriptionsCount(): Promise<unknown>
      getCrcCheckTiming(): Promise<number>
    }

  interface Webhook {
    readonly id: string
    readonly url: string
    readonly valid: boolean
  }
}
