import * as z from 'zod/mini'

/** A schema from a function: it returns the parsed value, or throws an error whose message becomes the issue. */
function schemaFrom<T>(read: (value: unknown) => T): z.ZodMiniType<T> {
  return z.transform<unknown, T>((value, context) => {
    try {
      return read(value)
    } catch (error) {
      context.issues.push({ code: 'custom', message: (error as Error).message, input: value })
      return z.NEVER
    }
  })
}

/** An id: a string, or a number that is small enough to be exact. */
export const id: z.ZodMiniType<string> = schemaFrom((value) => {
  if (typeof value === 'string' && value !== '') return value
  if (typeof value !== 'number') throw new TypeError('must be an id in a string')
  if (!Number.isSafeInteger(value))
    throw new RangeError('must be an id in a string: the number is too large to be exact')
  return String(value)
})

/** A count. X sends it as a string of digits, or as a number. */
export const count: z.ZodMiniType<number> = schemaFrom((value) => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number
  throw new TypeError('must be a count: a string of digits, or a number')
})

/** The time format of the premium API. `Date` does not read it in every engine, so it is changed to the ISO format. */
const premiumTime = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/

/** A time in ISO format, or in the format of the premium API: `2020-03-23 06:50:00 +0000`. */
export const time: z.ZodMiniType<Date> = schemaFrom((value) => {
  const date = new Date(typeof value === 'string' ? value.replace(premiumTime, '$1T$2$3:$4') : Number.NaN)
  if (Number.isNaN(date.getTime())) throw new TypeError('must be a time in ISO format')
  return date
})

/**
 * A list. Unlike `z.array`, it stops at the first entry that is wrong: a hostile body may have an issue for each of
 * millions of entries.
 */
export function listOf<T>(entry: z.ZodMiniType<T>): z.ZodMiniType<T[]> {
  return z.transform<unknown, T[]>((value, context) => {
    if (!Array.isArray(value)) {
      context.issues.push({ code: 'custom', message: 'must be array', input: value })
      return z.NEVER
    }
    const read: T[] = []
    for (const [index, item] of value.entries()) {
      const result = entry.safeParse(item)
      if (!result.success) {
        for (const issue of result.error.issues)
          context.issues.push({ ...issue, path: [index, ...issue.path], input: item })
        return z.NEVER
      }
      read.push(result.data)
    }
    return read
  })
}

/** An object with its contents in `data`, or at the root, as in older versions of the API. */
export function inData<T>(contents: z.ZodMiniType<T>): z.ZodMiniType<{ data: T }> {
  const wrap = z.transform((value: unknown) => (isFlat(value) ? { data: value } : value))
  return z.pipe(wrap, z.looseObject({ data: contents }))
}

function isFlat(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('data' in value)
}
