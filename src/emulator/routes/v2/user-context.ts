/** Who may ask about the subscription of a user: one who may read and write what it brings, messages included. */
export const userContext = {
  as: 'user',
  accepts: ['OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  level: 'read-write-directmessages',
  scopes: ['dm.read', 'dm.write', 'tweet.read', 'users.read'],
} as const
