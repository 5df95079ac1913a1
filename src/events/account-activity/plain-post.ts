import type * as z from 'zod/mini'
import { isRecord } from '../read/json-object.ts'
import type { postSchema } from './schemas.ts'

/**
 * The facts of a post in the form in which X sends it: its ids as numbers and as texts. Nearly all that comes are posts in
 * this form, and a schema takes as long over one as all the rest of reading it; any other form is for the schema to judge.
 */
export function plainPost(value: unknown): z.output<typeof postSchema> | undefined {
  if (!isRecord(value) || !isRecord(value.user)) return undefined
  const postId = plainId(value)
  const userId = plainId(value.user)
  return postId === undefined || userId === undefined ? undefined : { postId, userId }
}

function plainId({ id, id_str }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof id === 'number' && typeof id_str === 'string' && id_str !== '' ? id_str : undefined
}
