import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/store/server.ts',
    pool: 'forks',
    // Many tests start processes of their own (DuckDB, painters, Chromium): one test file per two cores keeps them all fed, two at least.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The machine may be busy: what is waited for is waited for long enough.
    expect: { poll: { timeout: 20_000 } },
    coverage: {
      provider: 'v8',
      include: ['src/**', 'renderers/**', 'handlers/**/*.ts'],
      reporter: ['text-summary', 'html'],
      reportOnFailure: true,
      thresholds: {
        lines: 85,
        'src/guard/**': { lines: 100 },
        'src/engines/**': { lines: 100 },
        'src/access/**': { lines: 100 },
      },
    },
  },
})
