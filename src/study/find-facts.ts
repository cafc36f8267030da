import type { Fact } from '#src/vocabulary/fact.ts'
import { findAnomalies } from './facts/anomaly.ts'
import { findChanges } from './facts/change.ts'
import { findConcentration } from './facts/concentration.ts'
import { findDrivers } from './facts/driver.ts'
import { findExtremes } from './facts/extremes.ts'
import { findMissing } from './facts/missing.ts'
import { findPartial } from './facts/partial.ts'
import type { Material } from './facts/parts.ts'
import { findPerDay } from './facts/per-day.ts'
import { findSpread } from './facts/spread.ts'
import { findTarget } from './facts/target.ts'
import { findThings } from './facts/things.ts'
import { findTops } from './facts/top.ts'
import { findTrends } from './facts/trend.ts'
import { findValues } from './facts/value.ts'

const finders = [
  findValues,
  findChanges,
  findDrivers,
  findTarget,
  findTops,
  findConcentration,
  findSpread,
  findPerDay,
  findThings,
  findTrends,
  findExtremes,
  findAnomalies,
  findMissing,
  findPartial,
]

/** Everything that can be said of a result, each id once, in the order of the finders. */
export const findFacts = (material: Material): Fact[] => {
  const found = new Map<string, Fact>()
  for (const fact of finders.flatMap(find => find(material))) if (!found.has(fact.id)) found.set(fact.id, fact)
  return [...found.values()]
}
