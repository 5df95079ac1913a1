import { describe, expect, it } from 'vitest'
import { createPostgresDedupeStore } from '../../../../src/stores/dedupe/postgres-dedupe-store.ts'
import { describeWithPostgres, newTablePrefix, openPgPool, openPostgresJs } from '../../../support/postgres.ts'

describe('createPostgresDedupeStore', () => {
  const client = { query: async () => ({ rows: [] }), connect: async () => {}, totalCount: 0 }

  it.each([
    [undefined, '"options" must be an object, got undefined'],
    [{ client: null }, '"client" must be a Pool of "pg" or a client of "postgres", got null'],
    [{ client: { query() {} } }, '"client" must be a Pool of the package "pg", or a client of the package "postgres"'],
    [{ client: { unsafe: 1 } }, '"client.unsafe" must be a function, got number'],
    [{ client, ttlMs: 0 }, '"ttlMs" must be an integer from 1'],
    [{ client, claimTtlMs: Number.NaN }, '"claimTtlMs" must be an integer from 1'],
    [{ client, tablePrefix: 'A' }, '"tablePrefix" must be 1 to 40 of the characters a-z, 0-9 and _'],
  ])('refuses %j', (options, message) => {
    expect(() => createPostgresDedupeStore(options as never)).toThrow(message)
  })
})

describeWithPostgres('createPostgresDedupeStore, on a PostgreSQL server', () => {
  it('lets claims expire after 20 seconds and events after 25 hours by default', async () => {
    const [client, tablePrefix] = [openPgPool(), newTablePrefix()]
    const store = createPostgresDedupeStore({ client, tablePrefix })
    const secondsLeft = async () => {
      const { rows } = await client.query(
        `SELECT EXTRACT(EPOCH FROM expires_at - clock_timestamp()) AS seconds FROM ${tablePrefix}_dedupe`,
      )
      return Math.ceil(Number(rows[0].seconds))
    }
    await store.claim('a')
    expect(await secondsLeft()).toBe(20)
    await store.commit('a')
    expect(await secondsLeft()).toBe(90_000)
  })

  it('shares events between the clients of both packages', async () => {
    const tablePrefix = newTablePrefix()
    const one = createPostgresDedupeStore({ client: openPgPool(), tablePrefix })
    const other = createPostgresDedupeStore({ client: openPostgresJs(), tablePrefix })
    expect(await one.claim('a')).toEqual({ state: 'claimed', token: 1 })
    expect(await other.claim('a')).toBe('in_progress')
    await one.commit('a')
    expect(await other.claim('a')).toBe('done')
  })

  it('deletes expired events', async () => {
    const [client, tablePrefix] = [openPgPool(), newTablePrefix()]
    const store = createPostgresDedupeStore({ client, tablePrefix, ttlMs: 1 })
    for (let number = 0; number < 20; number += 1) await store.commit(`${number}`)
    const { rows } = await client.query(`SELECT COUNT(*) AS n FROM ${tablePrefix}_dedupe`)
    expect(Number(rows[0].n)).toBeLessThan(10)
  })
})
