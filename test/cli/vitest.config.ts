import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.ts'

/** Runs the built program as its users do: as a process of its own. */
export default mergeConfig(
  { resolve: base.resolve },
  defineConfig({ test: { root: import.meta.dirname, include: ['*.test.ts'], testTimeout: 60_000 } }),
)
