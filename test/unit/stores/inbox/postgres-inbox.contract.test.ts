import { setTimeout } from 'node:timers/promises'
import { it } from 'vitest'
import { createPostgresInbox } from '../../../../src/stores/inbox/postgres-inbox.ts'
import { inboxContract } from '../../../../src/testing/inbox-contract.ts'
import { describeWithPostgres, newTablePrefix, openPgPool, openPostgresJs } from '../../../support/postgres.ts'

const clients = { pg: openPgPool, postgres: openPostgresJs }

for (const [packageName, openClient] of Object.entries(clients)) {
  describeWithPostgres(`createPostgresInbox, by the contract of an inbox, through ${packageName}`, () => {
    let tablePrefix: string
    let client: ReturnType<typeof openClient>
    const contract = inboxContract({
      createInbox: ({ name, ...settings }) => createPostgresInbox({ client, tablePrefix, pollMs: 20, ...settings }),
      // The server uses real time. The delays of the contract are a few milliseconds.
      advance: (ms) => setTimeout(ms),
    })
    for (const { name, run } of contract) {
      it(name, async () => {
        client = openClient()
        tablePrefix = newTablePrefix()
        await run()
      })
    }
  })
}
