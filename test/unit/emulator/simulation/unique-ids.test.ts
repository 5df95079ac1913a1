import { describe, expect, it } from 'vitest'
import { createIdGenerator } from '../../../../src/emulator/simulation/unique-ids.ts'

describe('createIdGenerator', () => {
  it('puts the time into the id as X does', () => {
    const id = createIdGenerator(() => Date.UTC(2026, 10, 21, 9, 30))()
    // https://docs.x.com/fundamentals/x-ids: 22 bits below the time, which begins at 1288834974657.
    expect((BigInt(id) >> 22n) + 1_288_834_974_657n).toBe(1_795_253_400_000n)
  })

  it.each([
    ['today', Date.UTC(2026, 10, 21)],
    ['in 1970', 0],
    ['before 1970', -1e12],
    ['in 2070', Date.UTC(2070, 0)],
  ])('gives increasing ids of 19 digits that are not exact as numbers: %s', (_, time) => {
    const next = createIdGenerator(() => time)
    const ids = Array.from({ length: 5000 }, next)
    for (const [index, id] of ids.entries()) {
      expect(id).toMatch(/^[1-9]\d{18}$/)
      expect(String(BigInt(Number(id)))).not.toBe(id)
      expect(BigInt(id) > BigInt(ids[index - 1] ?? 0)).toBe(true)
    }
  })

  it('keeps increasing when the clock goes back', () => {
    let time = Date.UTC(2026, 0)
    const next = createIdGenerator(() => time)
    const before = BigInt(next())
    time -= 1000
    expect(BigInt(next()) > before).toBe(true)
  })
})
