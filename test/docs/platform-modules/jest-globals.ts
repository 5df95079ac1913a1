/** `@jest/globals`: vitest has the same functions, and runs the tests of the guides. */
export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
