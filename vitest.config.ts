import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    // Tests, examples and the code blocks of the guides import the package by its public names.
    alias: [
      { find: '#diagnostics', replacement: source('internal/diagnostics.node.ts') },
      { find: '#hmac', replacement: source('internal/hmac.node.ts') },
      { find: /^x-account-activity\/emulator\/node$/, replacement: source('entries/emulator-node.ts') },
      { find: /^x-account-activity\/recovery\/node$/, replacement: source('entries/recovery-node.ts') },
      { find: /^x-account-activity\/stores\/(\w+)$/, replacement: source('entries/stores-$1.ts') },
      { find: /^x-account-activity\/testing\/msw$/, replacement: source('entries/testing-msw.ts') },
      { find: /^x-account-activity\/(.+)$/, replacement: source('entries/$1.ts') },
      { find: /^x-account-activity$/, replacement: source('entries/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Property tests and compilers take seconds on a machine that is busy with other things.
    testTimeout: 60_000,
    // `.ci/run` adds these counts to those of its other checks.
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'coverage/unit.json' }]] : ['default'],
    exclude: ['test/cli/**', 'test/conformance/**', 'test/package/**', 'test/runtimes/**'],
    typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
  },
})
