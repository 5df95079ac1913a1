import { createServer } from 'node:http'
import express from 'express'
import { describe, expectTypeOf, test } from 'vitest'
import type {
  Delivery,
  DirectMessageEvent,
  EventOf,
  EventType,
  FollowEvent,
  UnfollowEvent,
  UnknownEvent,
} from 'x-account-activity/events'
import { toNodeHandler } from 'x-account-activity/node'
import {
  createReceiver,
  type Handler,
  type HandlerContext,
  type Handlers,
  type WebhookAnswer,
} from 'x-account-activity/receiver'

describe('handlers', () => {
  test('get the event of their type, without a cast', () => {
    createReceiver({
      consumerSecret: 'secret',
      on: {
        follow(event, context) {
          expectTypeOf(event).toEqualTypeOf<FollowEvent>()
          expectTypeOf(context).toEqualTypeOf<HandlerContext>()
        },
        direct_message: async (event) => {
          expectTypeOf(event).toEqualTypeOf<DirectMessageEvent>()
          expectTypeOf(event.payload.message_create.message_data.text).toEqualTypeOf<string | undefined>()
        },
        unknown: (event) => {
          expectTypeOf(event).toEqualTypeOf<UnknownEvent>()
          expectTypeOf(event.payload).toEqualTypeOf<unknown>()
        },
        any: (event) => {
          if (event.type === 'follow') expectTypeOf(event).toEqualTypeOf<FollowEvent>()
        },
      },
    })
  })

  test('that are added for several types get any of them', () => {
    const receiver = createReceiver({ consumerSecret: ['next', 'current'] })
    const remove = receiver.on(['follow', 'unfollow'], (event) => {
      expectTypeOf(event).toEqualTypeOf<FollowEvent | UnfollowEvent>()
    })
    expectTypeOf(remove).toEqualTypeOf<() => void>()
    // @ts-expect-error -- a misspelt type of event
    receiver.on('folow', () => {})
  })

  test('for an unknown type do not compile', () => {
    // @ts-expect-error -- a misspelt type of event
    createReceiver({ consumerSecret: 'secret', on: { folow: () => {} } })
    // @ts-expect-error -- the secret is missing
    createReceiver({ on: {} })
  })
})

test('a receiver has the types that servers expect', () => {
  const receiver = createReceiver({ consumerSecret: async () => 'secret' })
  expectTypeOf(receiver.fetch).toExtend<(request: Request) => Promise<Response>>()
  expectTypeOf(receiver.handle).returns.toEqualTypeOf<Promise<WebhookAnswer>>()
  expectTypeOf(receiver.unwrap).returns.toEqualTypeOf<Promise<Delivery>>()
  expectTypeOf(receiver.dispatch).returns.toEqualTypeOf<Promise<boolean>>()
  createServer(toNodeHandler(receiver))
  express().use('/webhook', toNodeHandler(receiver))
})

test('there is a handler for each type of event, and for any', () => {
  expectTypeOf<keyof Handlers>().toEqualTypeOf<EventType | 'any'>()
  expectTypeOf<Omit<Handlers, 'any'>>().toEqualTypeOf<{
    readonly [T in EventType]?: Handler<EventOf<T>> | undefined
  }>()
})
