import type { Reply } from '#renderers/chart/painter.ts'

/** A painter that passes its self-test and is then gone, as when the machine has no memory for it. */
process.send?.({ kind: 'ready' } satisfies Reply, () => process.exit(1))
