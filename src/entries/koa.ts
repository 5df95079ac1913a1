/**
 * The receiver in Koa.
 *
 * @module
 */
export { toKoaMiddleware } from '../receiver/adapters/koa.ts'
