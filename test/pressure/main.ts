/** What a receiver holds in memory. The status is 1 when it is more than it may be. */
import { checkManyDeliveries } from './many-deliveries.ts'
import { checkOneByteChunks } from './one-byte-chunks.ts'

const results = [await checkOneByteChunks(), await checkManyDeliveries()]
process.exitCode = results.every((isGood) => isGood) ? 0 : 1
