import type { Route } from '../api/route.ts'
import { activityRoutes } from './activity/routes.ts'
import { connectionRoutes } from './connections/routes.ts'
import { enterpriseRoutes } from './enterprise/routes.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { premiumRoutes } from './premium/routes.ts'
import { userRoutes } from './users/routes.ts'
import { v2Routes } from './v2/routes.ts'

/**
 * All routes of the emulated api.x.com: the three generations of the Account Activity API, the X
 * Activity API, users and sign-in.
 */
export const allRoutes: readonly Route[] = [
  ...v2Routes,
  ...activityRoutes,
  ...connectionRoutes,
  ...enterpriseRoutes,
  ...premiumRoutes,
  ...userRoutes,
  ...oauthRoutes,
]
