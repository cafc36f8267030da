import type { Format } from '#src/vocabulary/format.ts'
import type { WrittenFormat } from '../schema.ts'

/** A written format, in the model's currency when it names none. */
export const modelFormat = (written: WrittenFormat, currency: string | undefined): Format => {
  const format = typeof written === 'string' ? { kind: written } : written
  return format.kind === 'currency' && currency ? { currency, ...format } : format
}
