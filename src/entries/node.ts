/**
 * The receiver in `node:http`, Express and Connect.
 *
 * @module
 */
export { type NodeHandler, type NodeRequest, toNodeHandler } from '../receiver/adapters/node.ts'
