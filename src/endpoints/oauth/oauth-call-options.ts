import type { TransportOptions } from '../../http/transport.ts'
import type { CallOptions } from '../api.ts'

/** How a call about tokens reaches X, and what ends it. */
export interface OAuthCallOptions extends TransportOptions, CallOptions {}
