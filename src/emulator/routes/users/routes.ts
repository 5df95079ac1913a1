import type { Route } from '../../api/route.ts'
import { showMe } from './show-me.ts'
import { verifyCredentials } from './verify-credentials.ts'

/** The endpoints that clients ask who they are. */
export const userRoutes: readonly Route[] = [verifyCredentials, showMe]
