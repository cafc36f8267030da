import type { Sample } from '../sample.ts'
import { buildEcommerce } from './build.ts'
import { type EcommerceSettingsInput, resolveEcommerceSettings } from './settings.ts'
import { ecommerceTables } from './tables.ts'

/** The shop with these settings. Throws `config/sample` when they make no sense. */
export const ecommerceSample = (input?: EcommerceSettingsInput): Sample => {
  const settings = resolveEcommerceSettings(input)
  return {
    name: 'ecommerce',
    version: 1,
    settings,
    tables: ecommerceTables,
    views: [],
    indexes: ['orders (ordered_at)', 'orders (customer_id)', 'order_items (product_id)'],
    unit: 'orders',
    pathSetting: 'DUCKDB_PATH',
    fill: (openTable, onProgress) => buildEcommerce(openTable, settings, onProgress),
  }
}
