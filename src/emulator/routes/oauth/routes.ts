import type { Route } from '../../api/route.ts'
import { authorizeRoutes } from './authorize.ts'
import { accessTokenRoutes } from './create-access-token.ts'
import { createBearerToken } from './create-bearer-token.ts'
import { requestTokenRoutes } from './create-request-token.ts'
import { invalidateAccessTokenRoutes } from './invalidate-access-token.ts'
import { invalidateBearerToken } from './invalidate-bearer-token.ts'
import { oauth2AuthorizeRoutes } from './oauth2-authorize.ts'
import { createOAuth2Token, revokeOAuth2Token } from './oauth2-token.ts'

/** The routes that issue and invalidate tokens. */
export const oauthRoutes: readonly Route[] = [
  ...requestTokenRoutes,
  ...authorizeRoutes,
  ...accessTokenRoutes,
  ...invalidateAccessTokenRoutes,
  createBearerToken,
  invalidateBearerToken,
  ...oauth2AuthorizeRoutes,
  createOAuth2Token,
  revokeOAuth2Token,
]
