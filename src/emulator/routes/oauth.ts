import type { Route } from '../router.ts'
import { createBearerToken } from './create-bearer-token.ts'
import { invalidateBearerToken } from './invalidate-bearer-token.ts'

/** The endpoints that give out tokens and take them back. */
export const oauthRoutes: readonly Route[] = [createBearerToken, invalidateBearerToken]
