import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Code compiled once is there for every process that tests start: programs, databases, painters. */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

/**
 * Files of these folders leave nothing behind in their process, so they run one after another in the same ones, which load the code once.
 * All others have a process each.
 */
const together = [
  'test/{access,diagram,docs,doctor,fakes,guard,handlers,kpis,nl2sql,question,semantic,study}/**/*.test.ts',
  'test/renderers/{room,slack,teams,text,view}/**/*.test.ts',
]

export default defineConfig({
  test: {
    globalSetup: 'test/store/server.ts',
    pool: 'forks',
    // Many tests start processes of their own (DuckDB, painters, Chromium): one test file per two cores keeps them all fed, two at least.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The machine may be busy: what is waited for is waited for long enough.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: true, test: { name: 'together', include: together, isolate: false, unstubEnvs: true } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: together } },
    ],
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
