import { calendarDay, checkRange, wholeNumber } from '../setting-checks.ts'

/** What shapes the ecommerce sample. The same settings give the same rows. */
export type EcommerceSettings = {
  numOrders: number
  numCustomers: number
  /** First day with orders, `YYYY-MM-DD`. */
  startDate: string
  /** Last day with orders, `YYYY-MM-DD`. */
  endDate: string
  seed: string
}

/** Settings as they come from outside: all optional, numbers may be text. */
export type EcommerceSettingsInput = Partial<Record<keyof EcommerceSettings, string | number>>

export const ecommerceDefaults: EcommerceSettings = {
  numOrders: 10_000,
  numCustomers: 500,
  startDate: '2023-01-01',
  endDate: '2023-12-31',
  seed: 'chartroom',
}

/** About one million order lines, for benchmarks. */
export const ecommerceLarge: EcommerceSettings = { ...ecommerceDefaults, numOrders: 405_000, numCustomers: 20_000 }

/** Fills in the defaults and checks; throws one clear sentence that names the setting at fault. */
export const resolveEcommerceSettings = (input: EcommerceSettingsInput = {}): EcommerceSettings => {
  const given = (key: keyof EcommerceSettings, name: string) => {
    const value = input[key]
    return { name, value: value === undefined || value === '' ? ecommerceDefaults[key] : value }
  }
  const settings = {
    numOrders: wholeNumber(given('numOrders', 'NUM_ORDERS'), 5_000_000),
    numCustomers: wholeNumber(given('numCustomers', 'NUM_CUSTOMERS'), 1_000_000),
    startDate: calendarDay(given('startDate', 'START_DATE')),
    endDate: calendarDay(given('endDate', 'END_DATE')),
    seed: String(given('seed', 'SAMPLE_SEED').value),
  }
  checkRange({ name: 'START_DATE', value: settings.startDate }, { name: 'END_DATE', value: settings.endDate })
  return settings
}
