import { calendarDay, checkRange, wholeNumber } from '../setting-checks.ts'

/** What shapes the support sample. The same settings give the same rows. */
export type SupportSettings = {
  /** Rows of `interaction_log`. */
  numInteractions: number
  /** Rows of `landscape_interaction_log`. */
  numLandscapeInteractions: number
  /** First day with interactions, `YYYY-MM-DD`, in UTC. */
  startDate: string
  /** Last day with interactions, `YYYY-MM-DD`, in UTC. */
  endDate: string
  seed: string
}

/** Settings as they come from outside: all optional, numbers may be text. */
export type SupportSettingsInput = Partial<Record<keyof SupportSettings, string | number>>

export const supportDefaults: SupportSettings = {
  numInteractions: 25_000,
  numLandscapeInteractions: 15_000,
  startDate: '2023-01-01',
  endDate: '2023-06-30',
  seed: 'chartroom',
}

/** A million rows in `interaction_log`, for benchmarks. */
export const supportLarge: SupportSettings = { ...supportDefaults, numInteractions: 1_000_000 }

/** Fills in the defaults and checks; throws one clear sentence that names the setting at fault. */
export const resolveSupportSettings = (input: SupportSettingsInput = {}): SupportSettings => {
  const given = (key: keyof SupportSettings, name: string) => {
    const value = input[key]
    return { name, value: value === undefined || value === '' ? supportDefaults[key] : value }
  }
  const start = given('startDate', 'SUPPORT_START_DATE')
  const end = given('endDate', 'SUPPORT_END_DATE')
  const settings = {
    numInteractions: wholeNumber(given('numInteractions', 'SUPPORT_INTERACTIONS'), 5_000_000),
    numLandscapeInteractions: wholeNumber(
      given('numLandscapeInteractions', 'SUPPORT_LANDSCAPE_INTERACTIONS'),
      5_000_000,
    ),
    startDate: calendarDay(start),
    endDate: calendarDay(end),
    seed: String(given('seed', 'SAMPLE_SEED').value),
  }
  checkRange({ ...start, value: settings.startDate }, { ...end, value: settings.endDate })
  return settings
}
