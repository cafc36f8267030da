import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Environment, readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { type Effects, realEffects } from '#src/effects.ts'
import { openSources, type Sources, type SourcesOptions } from '#src/sources/sources.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { folderWith, write } from './written-files.ts'

/** Three wines of two countries. */
export const wines = 'wine,country,price\nChianti,Italy,10\nBarolo,Italy,40\nRioja,Spain,12\n'
/** Two cheeses. */
export const cheeses = 'cheese,country,weight\nBrie,France,3\nManchego,Spain,2\n'

export type Given = { sources: Sources; folder: string; write: (files: Record<string, string>) => void }

type More = Partial<SourcesOptions> & { environment?: Environment; effects?: Effects; settings?: Environment }

/** Sources over a folder with these files, `chartroom.yaml` among them; closed and gone when the test is over. */
export const given = async (
  files: Record<string, string>,
  { effects = realEffects, settings, ...more }: More = {},
): Promise<Given> => {
  const folder = folderWith(files)
  const sources = await openSources(
    {
      config: readConfig({ CHARTROOM_HOME: join(folder, 'home'), ...settings }),
      environment: {},
      file: join(folder, 'chartroom.yaml'),
      ...more,
    },
    effects,
  )
  onTestFinished(() => sources.close())
  return { sources, folder, write: next => write(folder, next) }
}

/** The one number that a measure is, over all rows. */
export const total = async (domain: Domain, measure: string): Promise<unknown> => {
  const result = await domain.run(queryOf(domain, measure))
  return 'table' in result ? result.table.rows[0]?.[0] : result
}

export const queryOf = ({ model }: Pick<Domain, 'model'>, measure: string): Query => ({
  domain: model.domain,
  measures: [{ measure }],
  splits: [],
  filters: [],
  having: [],
  order: [],
  intent: 'value',
})

/** What a promise fails with, as people read it. */
export const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it did not fail',
    thrown => thrown.message,
  )
