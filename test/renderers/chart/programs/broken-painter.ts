import type { Reply } from '#renderers/chart/painter.ts'

/** A painter whose self-test fails. */
process.send?.({ kind: 'broken', reason: 'no fonts' } satisfies Reply)
process.on('message', () => {})
