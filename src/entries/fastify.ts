/**
 * The receiver in Fastify.
 *
 * @module
 */
export { toFastifyPlugin } from '../receiver/adapters/fastify.ts'
