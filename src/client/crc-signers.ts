import { hmacSha256 } from '#hmac'

/**
 * Returns `sha256=` and the HMAC of a text in base64: the form of CRC answers and of signatures.
 *
 * @param secret - The consumer secret of the client if it is `undefined`.
 */
export type CrcSigner = (text: string, secret?: string) => string

/** Not a member of the client: its secret would appear wherever a client is printed. */
const signers = new WeakMap<object, CrcSigner>()

/** Lets a sync check the CRC answers of a webhook of this client. */
export function keepCrcSigner<T extends { readonly webhooks: object }>(client: T, consumerSecret: string): T {
  signers.set(client.webhooks, (text, secret = consumerSecret) => `sha256=${hmacSha256(secret, text)}`)
  return client
}

/** The signer of a client. `undefined` for an object that this package did not create. */
export function crcSignerOf({ webhooks }: { readonly webhooks: object }): CrcSigner | undefined {
  return signers.get(webhooks)
}
