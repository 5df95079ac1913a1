import { expect, it } from 'vitest'
import { simulate } from './scenario.ts'

/** `npm run test:simulation` runs the same simulation with 5,000 accounts and 100,000 events. */
it('handles every event once in spite of two outages, duplicates and incomplete jobs', {
  timeout: 60_000,
}, async () => {
  expect(await simulate({ accounts: 200, events: 4000 })).toMatchObject({
    events: 4000,
    handled: 4000,
    handledTwice: 0,
    missing: 0,
    lostMinutes: 0,
    outages: 2,
    incompleteJobs: 2,
  })
})

it('brings back the events of both APIs on one webhook, each once', { timeout: 60_000 }, async () => {
  expect(await simulate({ accounts: 200, events: 4000, hasBothApis: true })).toMatchObject({
    events: 4000,
    // Half of the accounts, and posts as well as typing.
    ofActivityApi: 2000,
    handled: 4000,
    handledTwice: 0,
    missing: 0,
    lostMinutes: 0,
    outages: 2,
    incompleteJobs: 2,
  })
})
