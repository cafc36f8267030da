import { describe, expect, it } from 'vitest'
import { ecommerceDefaults, resolveEcommerceSettings } from '#src/sample/ecommerce.ts'

describe('the settings of the ecommerce sample', () => {
  it('default to 10,000 orders of 500 customers in 2023', () => {
    expect(resolveEcommerceSettings()).toEqual({
      numOrders: 10_000,
      numCustomers: 500,
      startDate: '2023-01-01',
      endDate: '2023-12-31',
      seed: 'chartroom',
    })
  })

  it('may be text, as in the environment, and empty text is no setting', () => {
    const settings = resolveEcommerceSettings({
      numOrders: '250',
      numCustomers: '',
      startDate: ' 2024-02-29 ',
      endDate: '2024-03-01',
      seed: 7,
    })
    expect(settings).toEqual({
      ...ecommerceDefaults,
      numOrders: 250,
      startDate: '2024-02-29',
      endDate: '2024-03-01',
      seed: '7',
    })
  })

  it.each([
    [{ numOrders: 0 }, 'NUM_ORDERS must be a whole number from 1 to 5,000,000, not "0".'],
    [{ numOrders: -5 }, 'NUM_ORDERS must be a whole number from 1 to 5,000,000, not "-5".'],
    [{ numOrders: 2.5 }, 'NUM_ORDERS must be a whole number from 1 to 5,000,000, not "2.5".'],
    [{ numOrders: 'many' }, 'NUM_ORDERS must be a whole number from 1 to 5,000,000, not "many".'],
    [{ numOrders: 5_000_001 }, 'NUM_ORDERS must be a whole number from 1 to 5,000,000, not "5000001".'],
    [{ numCustomers: 0 }, 'NUM_CUSTOMERS must be a whole number from 1 to 1,000,000, not "0".'],
    [{ startDate: '01/02/2023' }, 'START_DATE must be a day such as 2023-01-31, not "01/02/2023".'],
    [{ endDate: '2023-02-30' }, 'END_DATE must be a day such as 2023-01-31, not "2023-02-30".'],
    [{ endDate: '9999-12-31' }, 'END_DATE must be between 1970-01-01 and 2199-12-31, not "9999-12-31".'],
    [{ startDate: '2024-01-01' }, 'END_DATE (2023-12-31) is before START_DATE (2024-01-01).'],
    [{ startDate: '1990-01-01' }, 'START_DATE to END_DATE may cover 20 years at most, not 1990-01-01 to 2023-12-31.'],
  ])('are refused in one sentence: %o', (input, sentence) => {
    expect(() => resolveEcommerceSettings(input)).toThrow(
      expect.objectContaining({ message: sentence, code: 'config/sample' }),
    )
  })
})
