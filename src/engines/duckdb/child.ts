import { flushCompileCache } from 'node:module'
import { realEffects } from '#src/effects.ts'
import { outgrown, type Request } from './protocol.ts'
import { serve } from './serve.ts'

const take = serve({
  send: reply => process.send?.(reply),
  rss: () => process.memoryUsage.rss(),
  die: () => process.kill(process.pid, outgrown),
  clock: realEffects.ticks,
})
// It ends by a signal, at which Node keeps nothing.
flushCompileCache()
process.on('message', (request: Request) => take(request))
// `process.exit` would wait for DuckDB's threads (2.5 s measured); SIGKILL does not.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
