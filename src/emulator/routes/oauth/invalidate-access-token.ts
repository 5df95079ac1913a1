import { revoke } from '../../actions/revoke.ts'
import { json } from '../../api/problems.ts'
import type { UserRoute } from '../../api/route.ts'

/**
 * Invalidates the tokens that the request is signed with, as if the user had revoked them. X's reference and its example
 * use two paths.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 */
export const invalidateAccessTokenRoutes: readonly UserRoute[] = [
  '/1.1/oauth/invalidate_token',
  '/1.1/oauth/invalidate_token.json',
].map((path) => ({
  method: 'POST',
  path,
  as: 'user',
  accepts: ['OAuth 1.0a User Context'],
  answer({ platform, user, app, grant }) {
    revoke(platform, user, app)
    return json(200, { access_token: grant.accessToken })
  },
}))
