import { buildEcommerce } from './ecommerce/build.ts'
import { type EcommerceSettings, type EcommerceSettingsInput, resolveEcommerceSettings } from './ecommerce/settings.ts'
import { ecommerceTables } from './ecommerce/tables.ts'
import { type EnsureResult, ensureSample } from './ensure.ts'
import { inspectSample } from './inspect.ts'
import { sampleVersion } from './marks.ts'
import { createTable } from './write.ts'

export { ecommerceDefaults, ecommerceLarge, resolveEcommerceSettings } from './ecommerce/settings.ts'
export type { EcommerceSettings, EcommerceSettingsInput }

/** Whether the file holds the sample, made with these settings. */
export const ecommerceState = async (
  path: string,
  settings?: EcommerceSettingsInput,
): Promise<'missing' | 'matching' | 'different' | 'foreign'> => {
  const found = await inspectSample(path)
  if (found === 'absent') return 'missing'
  if (found.marker.sample !== 'ecommerce') return 'foreign'
  const wanted = Object.entries(resolveEcommerceSettings(settings))
  return wanted.every(([key, value]) => found.marker[key] === String(value)) ? 'matching' : 'different'
}

export type EnsureEcommerceOptions = {
  path: string
  settings?: EcommerceSettingsInput
  /** Hears how many of the orders are made, while it builds. */
  onProgress?: (done: number, total: number) => void
}

/** Makes sure that the file holds the ecommerce sample of these settings; see {@link ensureSample}. */
export const ensureEcommerceSample = async ({
  path,
  settings,
  onProgress,
}: EnsureEcommerceOptions): Promise<EnsureResult> => {
  const resolved = resolveEcommerceSettings(settings)
  return ensureSample(path, {
    name: 'ecommerce',
    version: sampleVersion,
    settings: resolved,
    tables: ecommerceTables.map(table => table.name),
    fill: connection => buildEcommerce(spec => createTable(connection, spec), resolved, onProgress),
  })
}
