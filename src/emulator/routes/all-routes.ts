import type { Route } from '../api/route.ts'
import { enterpriseRoutes } from './enterprise/routes.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { premiumRoutes } from './premium/routes.ts'
import { userRoutes } from './users/routes.ts'
import { v2Routes } from './v2/routes.ts'

/** All that the emulated api.x.com answers: three generations of one platform, and how to sign in to it. */
export const allRoutes: readonly Route[] = [
  ...v2Routes,
  ...enterpriseRoutes,
  ...premiumRoutes,
  ...userRoutes,
  ...oauthRoutes,
]
