import { describe, expect, it } from 'vitest'
import { postgresSchema } from '../../../src/stores/postgres-schema.ts'

describe('postgresSchema', () => {
  it('creates the tables of all stores, with a prefix', () => {
    const schema = postgresSchema({ tablePrefix: 'staging' })
    expect(schema).toContain('CREATE TABLE IF NOT EXISTS staging_inbox (')
    expect(schema).toContain('CREATE TABLE IF NOT EXISTS staging_dedupe (')
    expect(schema).toContain('CREATE TABLE IF NOT EXISTS staging_recovery (')
    expect(postgresSchema()).toContain('CREATE TABLE IF NOT EXISTS x_account_activity_inbox (')
  })

  it.each([
    ['', RangeError],
    ['a b', RangeError],
    ['a;DROP TABLE b', RangeError],
    ['1a', RangeError],
    ['Ab', RangeError],
    ['a'.repeat(41), RangeError],
    [1, TypeError],
    [null, TypeError],
  ])('refuses the prefix %j', (tablePrefix, type) => {
    expect(() => postgresSchema({ tablePrefix: tablePrefix as never })).toThrow(type)
  })

  it('accepts the longest prefix', () => {
    expect(postgresSchema({ tablePrefix: 'a'.repeat(40) })).toContain(`${'a'.repeat(40)}_inbox`)
  })
})
