import { sampleFault } from '../fault.ts'

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
  const given = (key: keyof EcommerceSettings) => {
    const value = input[key]
    return value === undefined || value === '' ? ecommerceDefaults[key] : value
  }
  const settings = {
    numOrders: wholeNumber('NUM_ORDERS', given('numOrders'), 5_000_000),
    numCustomers: wholeNumber('NUM_CUSTOMERS', given('numCustomers'), 1_000_000),
    startDate: calendarDay('START_DATE', given('startDate')),
    endDate: calendarDay('END_DATE', given('endDate')),
    seed: String(given('seed')),
  }
  checkRange(settings)
  return settings
}

const wholeNumber = (name: string, value: string | number, max: number): number => {
  const number = /^[+-]?\d+$/.test(String(value).trim()) ? Number(value) : Number.NaN
  if (number >= 1 && number <= max) return number
  throw sampleFault(`${name} must be a whole number from 1 to ${max.toLocaleString('en-US')}, not "${value}".`)
}

const calendarDay = (name: string, value: string | number): string => {
  const text = String(value).trim()
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN)
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  if (!exists) throw sampleFault(`${name} must be a day such as 2023-01-31, not "${value}".`)
  if (text < '1970-01-01' || text > '2199-12-31') {
    throw sampleFault(`${name} must be between 1970-01-01 and 2199-12-31, not "${value}".`)
  }
  return text
}

const longestYears = 20

const checkRange = ({ startDate, endDate }: EcommerceSettings) => {
  if (endDate < startDate) throw sampleFault(`END_DATE (${endDate}) is before START_DATE (${startDate}).`)
  const days = (Date.parse(endDate) - Date.parse(startDate)) / 86_400_000
  if (days > longestYears * 366) {
    throw sampleFault(`START_DATE to END_DATE may cover ${longestYears} years at most, not ${startDate} to ${endDate}.`)
  }
}
