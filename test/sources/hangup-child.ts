import { once } from 'node:events'
import { readConfig } from '#src/config.ts'
import { realEffects } from '#src/effects.ts'
import { onHangup } from '#src/sources/hangup.ts'
import { openSources } from '#src/sources/sources.ts'

/** A program that has sources and hears signals; it writes a line of JSON for everything that happens. */
const [file, home] = process.argv.slice(2)
const write = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)
const sources = await openSources({ file, environment: {}, config: readConfig({ CHARTROOM_HOME: home }) }, realEffects)
const stop = onHangup(process, sources, {
  info: (entry, words) => write({ words, ...entry }),
  error: (entry, words) => write({ words, ...entry }),
})
write(sources.domains().map(({ name }) => name))
const awake = setInterval(() => undefined, 1000)
await once(process, 'SIGTERM')
clearInterval(awake)
stop()
await sources.close()
