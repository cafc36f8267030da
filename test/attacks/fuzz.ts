import { parseArgs } from 'node:util'
import { print, printTable } from '#test/bench/print.ts'
import { openFuzzWorld } from './fuzz-world.ts'

/** `npm run fuzz [-- --count 5000 --seconds 60 --seed 1]`: hides a secret table and a hidden column in random places, on both engines. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '5000' },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
    },
  })
  const [count, seconds, seed] = [Number(values.count), Number(values.seconds), Number(values.seed)]
  for (const dialect of ['duckdb', 'postgres'] as const) {
    const world = await openFuzzWorld(dialect)
    try {
      const { tried, refused, ran, failed, leaks } = await world.fuzz({ count, seconds, seed })
      const rules = Object.entries(refused).sort(([, a], [, b]) => b - a)
      printTable(
        `${tried} texts on ${dialect}, seed ${seed}`,
        ['', 'n'],
        [...rules, ['let through: ran', ran], ['let through: failed', failed]],
      )
      print(`Answers that depended on what is hidden: ${leaks.length}`, ...leaks.map(sql => `  ${JSON.stringify(sql)}`))
      if (leaks.length) process.exitCode = 1
    } finally {
      await world.close()
    }
  }
}

await main()
