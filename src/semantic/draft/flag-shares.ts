import type { BaseMeasure, FormulaMeasure, Measure } from '../model.ts'
import type { DraftFilter } from './named-filters.ts'

/** "Share of discontinued products": how many rows have the flag, of all rows. */
export const flagShares = (
  filters: readonly DraftFilter[],
  measures: Readonly<Record<string, Measure>>,
): Record<string, Measure> =>
  Object.fromEntries(
    filters
      .filter(f => f.kind === 'flag')
      .flatMap(({ filter, draft }) => {
        const rows = Object.values(measures).find(
          m => m.kind === 'base' && m.aggregation === 'count' && m.table === draft.table.name,
        )
        const [flagged, share] = [`${filter.name}_${draft.table.name}`, `${filter.name}_${draft.prefix}_share`]
        if (!rows || Object.hasOwn(measures, flagged) || Object.hasOwn(measures, share)) return []
        const { many } = draft.thing
        const count: BaseMeasure = {
          kind: 'base',
          name: flagged,
          label: `${filter.label} ${many}`,
          synonyms: [],
          description: `Number of ${many} that are ${filter.label}.`,
          format: { kind: 'integer' },
          hidden: true,
          table: draft.table.name,
          aggregation: 'count',
          aggregations: ['count'],
          where: filter.filters,
        }
        const ratio: FormulaMeasure = {
          kind: 'formula',
          name: share,
          label: `Share of ${filter.label} ${many}`,
          synonyms: [`${filter.label} rate`, `${filter.label} share`, `percentage of ${filter.label} ${many}`],
          description: `${many} that are ${filter.label}, of all ${many}.`,
          format: { kind: 'percent' },
          hidden: false,
          formula: {
            kind: 'binary',
            op: '/',
            left: { kind: 'name', name: flagged },
            right: { kind: 'name', name: rows.name },
          },
        }
        return [
          [flagged, count],
          [share, ratio],
        ]
      }),
  )
