import { createHmac, timingSafeEqual } from 'node:crypto'
import { signBody, verifySignature } from 'x-account-activity/webhook'
import type { Comparison } from './ratio.ts'

const secret = 'z3ZX4v7mAAUGykl3EcmkqbartmuW8VFOOzCloLx9Q45P0hLrFu'
const body = Buffer.from(JSON.stringify({ for_user_id: '2244994945', text: 'a'.repeat(2953) }))
const signature = signBody(body, secret)

export const verifying: Comparison = {
  name: `verifySignature, ${body.length} bytes : createHmac + timingSafeEqual`,
  target: 1.15,
  ours: (count) => {
    for (let i = 0; i < count; i += 1)
      if (!verifySignature({ body, signature, secret })) throw new Error('The signature was refused.')
  },
  bare: (count) => {
    for (let i = 0; i < count; i += 1) {
      const digest = createHmac('sha256', secret).update(body).digest()
      if (!timingSafeEqual(digest, Buffer.from(signature.slice(7), 'base64')))
        throw new Error('The signature was refused.')
    }
  },
}
