import type { Route } from '../api/route.ts'
import { activityRoutes } from './activity/routes.ts'
import { connectionRoutes } from './connections/routes.ts'
import { enterpriseRoutes } from './enterprise/routes.ts'
import { mediaRoutes } from './media/v1-media.ts'
import { v2MediaRoutes } from './media/v2-media.ts'
import { v1MessageRoutes } from './messages/v1-messages.ts'
import { v2MessageRoutes } from './messages/v2-messages.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { statusRoutes } from './posts/statuses.ts'
import { v2PostRoutes } from './posts/v2-posts.ts'
import { premiumRoutes } from './premium/routes.ts'
import { userRoutes } from './users/routes.ts'
import { v1UserRoutes } from './users/v1-users.ts'
import { relationRoutes } from './users/v2-relations.ts'
import { v2UserRoutes } from './users/v2-users.ts'
import { v2Routes } from './v2/routes.ts'

/**
 * All routes of the emulated api.x.com: the three generations of the Account Activity API, the X
 * Activity API, users, posts, messages and sign-in.
 */
export const allRoutes: readonly Route[] = [
  ...v2Routes,
  ...activityRoutes,
  ...connectionRoutes,
  ...enterpriseRoutes,
  ...premiumRoutes,
  ...userRoutes,
  ...v2UserRoutes,
  ...relationRoutes,
  ...v1UserRoutes,
  ...v2PostRoutes,
  ...statusRoutes,
  ...v2MediaRoutes,
  ...mediaRoutes,
  ...v2MessageRoutes,
  ...v1MessageRoutes,
  ...oauthRoutes,
]
