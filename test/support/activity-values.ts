// Bodies that the tests of the X Activity API share. Source: https://docs.x.com/x-api/activity/quickstart, and the
// OpenAPI description of X in https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

export const subscriptionId = '1966251134474371072'
export const accountId = '2244994945'
export const wireSubscription = {
  subscription_id: subscriptionId,
  event_type: 'post.mention.create',
  filter: { user_id: accountId },
  tag: 'mentions of @XDevelopers',
  webhook_id: '1146654567674912769',
  created_at: '2025-10-09T17:40:59.000Z',
  updated_at: '2025-10-09T17:41:00Z',
}
export const subscription = {
  id: subscriptionId,
  eventType: 'post.mention.create',
  filter: { userId: accountId },
  tag: 'mentions of @XDevelopers',
  webhookId: '1146654567674912769',
  createdAt: new Date(Date.UTC(2025, 9, 9, 17, 40, 59)),
  updatedAt: new Date(Date.UTC(2025, 9, 9, 17, 41)),
}

/** What an async iterable yields, in a list. */
export async function collect<T>(create: () => AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of create()) all.push(one)
  return all
}
