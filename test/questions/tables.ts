import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folderOf = (name: string) => fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))

/** Tables made by others, from npm packages: vega-datasets (BSD-3-Clause) and @observablehq/sample-datasets (ISC). */
const folders: Record<string, [from: string, file: string, as: string][]> = {
  aviation: [
    ['vega-datasets', 'data/airports.csv', 'airports.csv'],
    ['vega-datasets', 'data/birdstrikes.csv', 'birdstrikes.csv'],
    ['vega-datasets', 'data/flights-10k.json', 'flights.json'],
  ],
  mixed: [
    ['@observablehq/sample-datasets', 'olympians.csv', 'olympians.csv'],
    ['@observablehq/sample-datasets', 'pizza.csv', 'pizza.csv'],
    ['@observablehq/sample-datasets', 'penguins.csv', 'penguins.csv'],
    ['vega-datasets', 'data/movies.json', 'movies.json'],
    ['vega-datasets', 'data/seattle-weather.csv', 'seattle-weather.csv'],
    ['vega-datasets', 'data/stocks.csv', 'stocks.csv'],
  ],
}

/** Lays out a folder of found tables below `home` and gives its path. */
export const foundTables = (name: string, home: string): string => {
  const folder = join(home, name)
  mkdirSync(folder, { recursive: true })
  for (const [from, file, as] of folders[name] ?? [])
    if (!existsSync(join(folder, as))) copyFileSync(join(folderOf(from), file), join(folder, as))
  return folder
}
