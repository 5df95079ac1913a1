import * as z from 'zod/mini'

/** A token or its secret as X writes it. */
export const tokenText = z.string().check(z.regex(/^[\x21-\x7e]+$/, 'must be a token, in visible characters'))
