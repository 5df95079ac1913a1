/** The checks of a webhook URL in their order: the stable id, and what the terminal shows. */
export const webhookChecks = {
  url: 'URL',
  https: 'https',
  port: 'no port in the URL',
  dns: 'DNS',
  tls_chain: 'TLS certificate and chain',
  tls_expiry: 'expiry of the certificate',
  connection: 'connection',
  redirect: 'no redirect',
  crc_status: 'status of the CRC answer',
  crc_time: 'time of the CRC answer',
  crc_content_type: 'content type of the CRC answer',
  crc_encoding: 'compression of the CRC answer',
  crc_json: 'JSON of the CRC answer',
  crc_secret: 'secret of the CRC answer',
  crc_token: 'tokens of every form',
  crc_oracle: 'no signatures for forgers',
  unsigned_refused: 'unsigned delivery refused',
  forged_refused: 'wrongly signed delivery refused',
  reserialized_refused: 're-serialised delivery refused',
  delivery_accepted: 'signed delivery accepted',
  delivery_pieces: 'delivery in pieces accepted',
  body_limit: 'large delivery accepted',
  method_head: 'HEAD',
  method_options: 'OPTIONS',
  clock: 'clock of this machine',
} as const

/** The id of a check of a webhook URL. */
export type WebhookCheckId = keyof typeof webhookChecks

/** The checks of the credentials in their order: the stable id, and what the terminal shows. */
export const credentialChecks = {
  app_keys: 'keys of the app',
  bearer_token: 'bearer token',
  app_only: 'app-only context',
  user_context: 'user context',
  permission: 'permission of the app',
  webhooks: 'webhooks',
  subscriptions: 'subscriptions',
  clock: 'clock of this machine',
} as const

/** The id of a check of the credentials. */
export type CredentialCheckId = keyof typeof credentialChecks
